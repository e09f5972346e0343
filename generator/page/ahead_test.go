package page

import (
	"reflect"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

// What the pages of one goroutine ask for must not be noted for those of
// another.
func TestAnotherReadsForItself(t *testing.T) {
	s := newSite(new(model.View), Options{Templates: AllTemplates})
	x := s.another()
	v := reflect.ValueOf(x).Elem()
	lists := 0
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Struct || !f.FieldByName("r").IsValid() {
			continue
		}
		lists++
		if f.FieldByName("r").Pointer() != reflect.ValueOf(x.v).Pointer() {
			t.Errorf("%s reads for the site that it was made of", v.Type().Field(i).Name)
		}
	}
	if x.v == s.v || lists != len(s.v.lists) {
		t.Errorf("%d lists of %d", lists, len(s.v.lists))
	}
}
