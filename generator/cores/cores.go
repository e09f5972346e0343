// Package cores shares work out among the cores of the machine.
package cores

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each does n things, numbered from 0, on all cores, and returns when all are
// done. It makes no promise on their order.
func Each(n int, do func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				do(int(i))
			}
		})
	}
	workers.Wait()
}
