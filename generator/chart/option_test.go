package chart

import (
	"encoding/json"
	"reflect"
	"testing"
)

// The quick way and the slow way of reading items say the same.
func TestPlainItems(t *testing.T) {
	for _, test := range []struct {
		in    string
		quick bool
	}{
		{`[]`, true}, {`[1,null,-2.5e3]`, true}, {`[[1,2],[3,null],[]]`, true}, {`[1,[2,3],4]`, true}, {`[ [1, 2],
 3 ]`, true}, {`[{"value":1}]`, false}, {`["a"]`, false}, {`[[["x"]]]`, false}, {`[1e999]`, false}, {`[true]`, false},
	} {
		got, ok := plainItems([]byte(test.in))
		if ok != test.quick {
			t.Errorf("%s: read quickly: %v", test.in, ok)
			continue
		}
		var want []item
		if err := json.Unmarshal([]byte(test.in), &want); ok && err != nil {
			t.Errorf("%s: %v", test.in, err)
		}
		for i := range want {
			if ok && (i >= len(got) || len(got[i].values)+len(want[i].values) > 0 && !reflect.DeepEqual(got[i].values, want[i].values)) {
				t.Errorf("%s: %v, not %v", test.in, got, want)
				break
			}
		}
		if ok && len(got) != len(want) {
			t.Errorf("%s: %d items, not %d", test.in, len(got), len(want))
		}
	}
}
