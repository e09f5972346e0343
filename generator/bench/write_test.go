package bench

import (
	"testing"
	"os"
)

func TestWriteTmp(t *testing.T) {
	if os.Getenv("OUT") == "" { t.Skip() }
	f, err := Write(os.Getenv("OUT"), Size{100,40,40,100})
	t.Log(f, err)
}
