// Package client holds no code of the program. It has the sources of the script
// that makes charts answer in a browser (README.md says what it promises), and
// tests: that the bundle which the theme carries is made from these sources,
// byte for byte, and that charts do in Chromium what they promise, under the
// content security policy, from a disk and from a server.
//
// Node.js with npm is needed to build, and Chromium to look. What is missing
// leaves tests out, but not in continuous integration, where CI is set.
package client
