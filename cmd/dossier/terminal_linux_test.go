package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestPassphrase types passphrases on a terminal: they are taken, asked for
// twice when they are new, and never shown.
func TestPassphrase(t *testing.T) {
	if testing.Short() {
		t.Skip("keys are slow to open on purpose")
	}
	dir := t.TempDir()
	desk := filepath.Join(dir, "desk")
	project := filepath.Join(dir, "report")
	if out, code := inProcess("init", project); code != exitClean {
		t.Fatal(out)
	}
	packing := []string{"pack", "--project", project, "--out", filepath.Join(dir, "p.zip"), "--date", "2022-06-01", "--sign", desk + ".key"}
	const first, second = "New passphrase: ", "The same again: "
	asked := "Passphrase of " + desk + ".key: "
	const enter, interrupt = "\r", "\x03" // as a keyboard says it
	for _, test := range []struct {
		name  string
		args  []string
		typed [][2]string // after which words, and what
		says  string
		code  int
	}{
		{"two that differ", []string{"keygen", desk}, [][2]string{{first, "open sesame" + enter}, {second, "open sesane" + enter}}, "the two passphrases differ, so no key was made", exitFindings},
		{"an empty one", []string{"keygen", desk}, [][2]string{{first, enter}}, "the passphrase is empty", exitUsage},
		{"stopped", []string{"keygen", desk}, [][2]string{{first, "open" + interrupt}}, "interrupted; nothing was changed", exitInterrupted},
		{"a new key", []string{"keygen", desk}, [][2]string{{first, "open sesame" + enter}, {second, "open sesame" + enter}}, "the secret key, for you alone", exitClean},
		{"signed", packing, [][2]string{{asked, "open sesame" + enter}}, "signed by the key", exitClean},
		{"a wrong one", packing, [][2]string{{asked, "open barley" + enter}}, "the passphrase is not the one of the key", exitFindings},
		{"stopped while signing", packing, [][2]string{{asked, "open" + interrupt}}, "interrupted; nothing was changed", exitInterrupted},
	} {
		t.Run(test.name, func(t *testing.T) {
			term := openTerminal(t)
			before := term.mode(t)
			code := term.run(t, test.args, test.typed)
			shown := term.shown.String()
			if !strings.Contains(shown, test.says) || code != test.code {
				t.Errorf("it ends with %d, not %d, and says\n%s", code, test.code, shown)
			}
			if strings.Contains(shown, "open") {
				t.Errorf("what was typed is shown:\n%s", shown)
			}
			if after := term.mode(t); after != before {
				t.Errorf("the terminal is left in another mode: %+v, not %+v", after, before)
			}
			if _, err := os.Stat(desk + ".key"); (err == nil) == (code != exitClean && test.args[0] == "keygen") {
				t.Errorf("the key: %v", err)
			}
		})
	}
	if out, code := inProcess("verify", "--key", desk+".pub", filepath.Join(dir, "p.zip")); code != exitClean {
		t.Error(out)
	}
}

// terminal is a terminal that a test sits at.
type terminal struct {
	keys  *os.File // what is typed, and what is shown
	end   *os.File // what a program has of it
	shown bytes.Buffer
}

func openTerminal(t *testing.T) *terminal {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	t.Cleanup(func() { keys.Close() })
	n, err := unix.IoctlGetInt(int(keys.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(keys.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	end, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	t.Cleanup(func() { end.Close() })
	return &terminal{keys: keys, end: end}
}

// mode is how the terminal treats what is typed.
func (term *terminal) mode(t *testing.T) unix.Termios {
	t.Helper()
	mode, err := unix.IoctlGetTermios(int(term.end.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return *mode
}

// run runs dossier at the terminal, types what it is to be told once it has
// asked and shows nothing any more, and is the code that it ends with.
func (term *terminal) run(t *testing.T, args []string, typed [][2]string) int {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Args[0] = "dossier"
	cmd.Stdin, cmd.Stdout, cmd.Stderr = term.end, term.end, term.end
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	const pause = 5 * time.Millisecond
	for {
		term.read(t)
		select {
		case err := <-ended:
			term.read(t)
			if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if len(typed) > 0 {
				t.Errorf("nobody asked %q", typed[0][0])
			}
			return cmd.ProcessState.ExitCode()
		case <-time.After(pause):
		}
		if len(typed) > 0 && strings.HasSuffix(term.shown.String(), typed[0][0]) && term.mode(t).Lflag&unix.ECHO == 0 {
			if _, err := io.WriteString(term.keys, typed[0][1]); err != nil {
				t.Fatal(err)
			}
			typed = typed[1:]
		}
	}
}

// read takes up what the terminal has shown meanwhile.
func (term *terminal) read(t *testing.T) {
	t.Helper()
	buffer := make([]byte, 4096)
	for {
		ready := []unix.PollFd{{Fd: int32(term.keys.Fd()), Events: unix.POLLIN}}
		if n, err := unix.Poll(ready, 0); err == unix.EINTR {
			continue
		} else if err != nil || n == 0 || ready[0].Revents&unix.POLLIN == 0 {
			return
		}
		n, err := term.keys.Read(buffer)
		term.shown.Write(buffer[:n])
		if err != nil {
			return
		}
	}
}
