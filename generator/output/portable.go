package output

// CheckName says why a path, with slashes and relative, cannot be a file on
// every system that may have to hold it. It is nil for one that can.
func CheckName(name string) error { return checkName(name) }

// Names are paths that have to stand beside one another on every system. The
// zero value holds none.
type Names struct{ names names }

// Add notes the path of a file. When it cannot stand beside one that was noted
// before, that path is returned with the reason, and nothing is noted.
func (n *Names) Add(name string) (other, why string) {
	if n.names == nil {
		n.names = names{}
	}
	return n.names.add(name)
}
