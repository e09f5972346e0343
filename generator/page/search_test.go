package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dossier-report/dossier/generator/model"
)

func TestSearchPage(t *testing.T) {
	pages := pagesOf(view(t, small(t, map[string]string{
		"data/entities/many.yaml": "{schema: Company, name: 'Zhejiang Dahua Technology Co., Ltd.', short: Dahua, native: {text: 浙江大华技术股份有限公司, lang: zh-Hans}, " +
			"aliases: [Dahua Security, 'ZHEJIANG DAHUA TECHNOLOGY CO LTD', Élan], weak_aliases: [DH], previous_names: ['3D Works'], sources: [wire], confidence: secondary}",
	}), model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	p := pages["search.html"]
	if p == nil || p.Search.Index != "assets/search/en/" || p.Find.Href != "search.html" || pages["fr/search.html"].Search.Index != "../assets/search/fr/" {
		t.Fatalf("%+v", p)
	}
	if got := pages["fr/entities/many.html"].Find.Href; got != "../search.html" {
		t.Errorf("the way to the search is %q", got)
	}
	var got []string
	letters := ""
	for _, l := range p.Search.Lists {
		if l.Key != "entities" {
			continue
		}
		for _, letter := range l.Letters {
			letters += letter.Letter + " "
			if letter.Href != "#"+letter.Anchor || len(letter.Rows) == 0 {
				t.Errorf("%+v", letter)
			}
			for _, row := range letter.Rows {
				if row.ID == "many" {
					got = append(got, letter.Letter+" "+row.Sort+" "+row.Value+" ("+row.Of.Value+") "+row.Href)
				}
			}
		}
	}
	// Capital letters make no other name.
	if want := []string{
		"0 previous 3D Works (Dahua) entities/many.html", "D  Dahua () entities/many.html", "D alias Dahua Security (Dahua) entities/many.html",
		"D weak_alias DH (Dahua) entities/many.html", "E alias Élan (Dahua) entities/many.html",
		"Z full Zhejiang Dahua Technology Co., Ltd. (Dahua) entities/many.html", "Hani native 浙江大华技术股份有限公司 (Dahua) entities/many.html",
	}; strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if !strings.HasPrefix(letters, "0 A ") || !strings.HasSuffix(letters, "Z Hani ") {
		t.Error(letters)
	}
}

// The lists of a large report are whole, too, on pages of their own.
func TestSearchPageOfLargeReport(t *testing.T) {
	files := map[string]string{"dossier.yaml": "title: Large\n"}
	var csv strings.Builder
	for i := range namesPerPage + 10 {
		fmt.Fprintf(&csv, "Name %d, ", i)
	}
	files["data/entities/one.yaml"] = "{schema: Company, name: One, country: gb, aliases: [" + csv.String() + "Zoo]}\n"
	pages := pagesOf(view(t, files, model.ViewOptions{Date: day}), Options{})
	checkLinks(t, pages)
	list := pages["search.html"].Search.Lists[0]
	if list.Total != namesPerPage+12 || len(list.Letters) != 3 || list.Letters[0].Href != "search/entities-1.html#entities-n" || list.Letters[2].Href != "search/entities-2.html#entities-z" {
		t.Errorf("%d names, %+v", list.Total, list.Letters)
	}
	n := 0
	for _, path := range []string{"search/entities-1.html", "search/entities-2.html"} {
		p := pages[path]
		if p == nil || p.Search.Index != "" || p.Find.Href != "../search.html" {
			t.Fatalf("%s: %+v", path, p)
		}
		for _, letter := range p.Search.Lists[0].Letters {
			n += len(letter.Rows)
		}
	}
	if n != list.Total || pages["search/entities-3.html"] != nil || pages["search/entities-1.html"].Pager.Next.Href != "entities-2.html" {
		t.Errorf("%d of %d names", n, list.Total)
	}
}
