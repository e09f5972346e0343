package load

import (
	"os"
	"path"
	"sync"
)

// opener opens files of a project by way of their folders, each of which is looked
// up once, and not for every file in it.
type opener struct {
	root *os.Root

	mu     sync.Mutex
	opened map[string]*os.Root // nil for one that cannot be opened
}

// mostOpened is how many folders are held open: there may be more of them, with
// attachments, than files that a process may have.
const mostOpened = 32

func newOpener(root *os.Root) *opener { return &opener{root: root, opened: map[string]*os.Root{}} }

// open opens a file for reading. It may be a link to another place in the project.
func (o *opener) open(name string) (*os.File, error) {
	if dir := o.folder(path.Dir(name)); dir != nil {
		if file, err := dir.Open(path.Base(name)); err == nil {
			return file, nil
		}
	}
	return o.root.Open(name)
}

func (o *opener) folder(name string) *os.Root {
	o.mu.Lock()
	defer o.mu.Unlock()
	dir, ok := o.opened[name]
	if !ok && len(o.opened) < mostOpened {
		dir, _ = o.root.OpenRoot(name)
		o.opened[name] = dir
	}
	return dir
}

func (o *opener) close() {
	for _, dir := range o.opened {
		if dir != nil {
			_ = dir.Close() // opened for reading only
		}
	}
}
