// Package proof holds no code of the program. Its tests build the example
// report and the small projects of testdata, and prove in headless Chromium
// what a site promises to its readers: that it asks nobody else for anything,
// can be read on any screen, on paper, by keyboard, by screen reader and
// without JavaScript, and that its markup is sound.
//
// Pages are chosen by what they are made of, so that new layouts and
// components are looked at without a change here. What takes seconds for a page
// looks at fewer of them: at one page of each kind, and in hard cases at the
// kinds that hold most; with the flag -every it looks at all, and with -short
// hard cases are left to others. The flag -shots leaves pictures and PDFs in the
// folder shots for a human to look at.
//
// Chromium must be installed, and Node.js with npm for axe-core and
// html-validate, which package.json pins. What is missing leaves tests out,
// but not in continuous integration, where CI is set.
package proof
