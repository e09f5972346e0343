package chart

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// options are those that the renderer knows. They are a part of ECharts'; a
// key that is not here is an error.
type options struct {
	UseUTC    bool     `json:"useUTC"`
	Animation *bool    `json:"animation"`
	Tooltip   *tooltip `json:"tooltip"`
	Grid      []grid   `json:"grid"`
	XAxis     []axis   `json:"xAxis"`
	YAxis     []axis   `json:"yAxis"`
	Series    []series `json:"series"`
}

type tooltip struct {
	RenderMode     text `json:"renderMode"`
	Trigger        text `json:"trigger"`
	ValueFormatter name `json:"valueFormatter"`
}

type grid struct {
	Left, Right, Top, Bottom text
	OuterBoundsMode          text `json:"outerBoundsMode"`
}

type axis struct {
	Type        text       `json:"type"`
	Data        []category `json:"data"`
	Show        *bool      `json:"show"`
	Min         *number    `json:"min"`
	Max         *number    `json:"max"`
	Interval    *number    `json:"interval"`
	Inverse     bool       `json:"inverse"`
	GridIndex   int        `json:"gridIndex"`
	Position    text       `json:"position"`
	BoundaryGap *bool      `json:"boundaryGap"`

	Name          text   `json:"name"`
	NameLocation  text   `json:"nameLocation"`
	NameGap       number `json:"nameGap"`
	NameTextStyle struct {
		Align      text  `json:"align"`
		FontWeight text  `json:"fontWeight"`
		Color      color `json:"color"`
	} `json:"nameTextStyle"`

	AxisLabel struct {
		Show      *bool  `json:"show"`
		Formatter name   `json:"formatter"`
		Align     text   `json:"align"`
		Inside    bool   `json:"inside"`
		Margin    number `json:"margin"`
		Width     number `json:"width"`
		Overflow  text   `json:"overflow"`
		Interval  *int   `json:"interval"`
		// CustomValues are the places that have a label: milliseconds, or numbers of
		// categories.
		CustomValues []number `json:"customValues"`
		Padding      []number
		Color        color `json:"color"`
		LineHeight   number
		Rich         *struct{}
		// null comes from go-echarts
		ShowMinLabel *bool `json:"showMinLabel"`
		ShowMaxLabel *bool `json:"showMaxLabel"`
		VerticalAlign,
		FontWeight text
	} `json:"axisLabel"`
	AxisLine  shown `json:"axisLine"`
	AxisTick  shown `json:"axisTick"`
	SplitLine shown `json:"splitLine"`
}

type shown struct {
	Show      *bool     `json:"show"`
	OnZero    *bool     `json:"onZero"`
	LineStyle lineStyle `json:"lineStyle"`
}

type category struct {
	Value text
	Style struct {
		FontWeight text  `json:"fontWeight"`
		Color      color `json:"color"`
	}
}

type lineStyle struct {
	Color   color    `json:"color"`
	Type    text     `json:"type"`
	Width   *number  `json:"width"`
	Opacity *float64 `json:"opacity"`
}

type itemStyle struct {
	Color       color   `json:"color"`
	BorderColor color   `json:"borderColor"`
	BorderType  text    `json:"borderType"`
	BorderWidth *number `json:"borderWidth"`
}

type label struct {
	Show         *bool    `json:"show"`
	Position     text     `json:"position"`
	Formatter    text     `json:"formatter"`
	Color        color    `json:"color"`
	BorderColor  color    `json:"borderColor"`
	BorderType   text     `json:"borderType"`
	FontWeight   text     `json:"fontWeight"`
	BorderWidth  number   `json:"borderWidth"`
	BorderRadius number   `json:"borderRadius"`
	Background   color    `json:"backgroundColor"`
	Width        number   `json:"width"`
	Height       number   `json:"height"`
	LineHeight   number   `json:"lineHeight"`
	Align        text     `json:"align"`
	Vertical     text     `json:"verticalAlign"`
	Distance     number   `json:"distance"`
	Overflow     text     `json:"overflow"`
	Padding      []number `json:"padding"`
	Halo         color    `json:"textBorderColor"` // the class "halo" in the SVG
	HaloWidth    number   `json:"textBorderWidth"`
}

type series struct {
	Type           text            `json:"type"`
	Name           text            `json:"name"`
	Data           json.RawMessage `json:"data"`
	XAxisIndex     int             `json:"xAxisIndex"`
	YAxisIndex     int             `json:"yAxisIndex"`
	Stack          text            `json:"stack"`
	StackStrategy  text            `json:"stackStrategy"`
	BarGap         text            `json:"barGap"`
	BarCategoryGap text            `json:"barCategoryGap"`
	Symbol         text            `json:"symbol"`
	SymbolSize     *number         `json:"symbolSize"`
	ShowSymbol     *bool           `json:"showSymbol"`
	ConnectNulls   *bool           `json:"connectNulls"`
	Silent         bool            `json:"silent"`
	Z              int             `json:"z"`
	Clip           *bool           `json:"clip"`
	RenderItem     name            `json:"renderItem"`
	Encode         *encode         `json:"encode"`
	Tooltip        *tooltip        `json:"tooltip"`
	LineStyle      lineStyle       `json:"lineStyle"`
	ItemStyle      itemStyle       `json:"itemStyle"`
	Label          label           `json:"label"`
	EndLabel       label           `json:"endLabel"`
	LabelLayout    *struct {
		MoveOverlap text `json:"moveOverlap"`
	} `json:"labelLayout"`
	MarkLine  *marks     `json:"markLine"`
	MarkPoint *marks     `json:"markPoint"`
	MarkArea  *markAreas `json:"markArea"`

	// a graph
	Layout         text       `json:"layout"`
	Links          []link     `json:"links"`
	EdgeSymbol     []text     `json:"edgeSymbol"`
	EdgeSymbolSize number     `json:"edgeSymbolSize"`
	EdgeLabel      *label     `json:"edgeLabel"`
	Roam           *bool      `json:"roam"`
	Left           number     `json:"left"`
	Top            number     `json:"top"`
	Width          number     `json:"width"`
	Height         number     `json:"height"`
	Categories     []struct{} `json:"categories"`

	items []item
	nodes []node
}

type encode struct {
	X json.RawMessage `json:"x"`
	Y json.RawMessage `json:"y"`
}

type marks struct {
	Silent     bool      `json:"silent"`
	Symbol     text      `json:"symbol"`
	SymbolSize *number   `json:"symbolSize"`
	Data       []mark    `json:"data"`
	LineStyle  lineStyle `json:"lineStyle"`
	ItemStyle  itemStyle `json:"itemStyle"`
	Label      label     `json:"label"`
	Animation  *bool     `json:"animation"`
	Precision  *number   `json:"precision"`
	Emphasis   *struct{} `json:"emphasis"`
}

type mark struct {
	Name       text      `json:"name"`
	XAxis      *number   `json:"xAxis"`
	YAxis      *number   `json:"yAxis"`
	Coord      []value   `json:"coord"`
	Symbol     text      `json:"symbol"`
	SymbolSize *number   `json:"symbolSize"`
	Offset     []number  `json:"symbolOffset"`
	Label      label     `json:"label"`
	LineStyle  lineStyle `json:"lineStyle"`
	ItemStyle  itemStyle `json:"itemStyle"`
	to         *mark     // the other end of a line between two places
}

type markAreas struct {
	Silent    bool      `json:"silent"`
	ItemStyle itemStyle `json:"itemStyle"`
	Label     label     `json:"label"`
	Data      [][]mark  `json:"data"`
}

type link struct {
	Trunk     []number  `json:"trunk"` // where the line down from an owner is, and how high it leads there
	Stem      []number  `json:"stem"`  // the same of the line down to what is owned
	Source    int       `json:"source"`
	Target    int       `json:"target"`
	Label     label     `json:"label"`
	LineStyle lineStyle `json:"lineStyle"`
}

type node struct {
	Name       text      `json:"name"`
	X          number    `json:"x"`
	Y          number    `json:"y"`
	Symbol     text      `json:"symbol"`
	SymbolSize []number  `json:"symbolSize"`
	ItemStyle  itemStyle `json:"itemStyle"`
	Label      label     `json:"label"`
}

// item is one item of a series: its values, and what is said of it alone.
type item struct {
	name   string
	values []value
	*itemLook
}

type itemLook struct {
	style itemStyle
	label label
}

// value is a number, a text or nothing.
type value struct {
	f    float64
	s    string
	kind byte // 'n', 's' or 0
}

type point struct{ x, y float64 }

// text is a string that is no name and no function.
type text string

func (t *text) UnmarshalText(b []byte) error {
	s := string(b)
	if strings.Contains(s, "__f__") {
		return errors.New("a function as text is refused")
	}
	if strings.HasPrefix(s, "@") {
		return fmt.Errorf("%q stands where a text belongs", s)
	}
	*t = text(clean(s))
	if strings.Contains(s, "\n") { // lines of a label
		parts := strings.Split(s, "\n")
		for i := range parts {
			parts[i] = clean(parts[i])
		}
		*t = text(strings.Join(parts, "\n"))
	}
	return nil
}

// name is a function of the fixed list.
type name string

// functions are the names that options may hold, each with its twin here and
// in the client.
var functions = [...]string{"gantt", "mark", "dotted", "cell", "band", "number", "percent", "signed", "signedPercent", "date", "month", "year"}

func (n *name) UnmarshalText(b []byte) error {
	s, ok := strings.CutPrefix(string(b), "@fn:")
	if !ok || !slices.Contains(functions[:], s) {
		return fmt.Errorf("%q is not a function that is known", b)
	}
	*n = name(s)
	return nil
}

// color is a role or a fill of the theme.
type color struct {
	role string
	fill bool
}

func (c *color) UnmarshalText(b []byte) error {
	s := string(b)
	if role, ok := strings.CutPrefix(s, "@color:"); ok && roleClass(role) != nil {
		*c = color{role: role}
		return nil
	}
	if fill, ok := strings.CutPrefix(s, "@fill:"); ok && fillOf(fill) != nil {
		*c = color{role: fill, fill: true}
		return nil
	}
	return fmt.Errorf("%q is not a colour of the theme", s)
}

// number is finite and of a size that can be drawn.
type number float64

func (n *number) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || math.Abs(f) > 10*largest {
		return fmt.Errorf("%.40s is not a number that can be drawn", b)
	}
	*n = number(f)
	return nil
}

func (v *value) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case '"':
		var t text
		if err := json.Unmarshal(b, &t); err != nil {
			return err
		}
		*v = value{s: string(t), kind: 's'}
		return nil
	case 'n':
		*v = value{}
		return nil
	}
	var n number
	if err := n.UnmarshalJSON(b); err != nil {
		return err
	}
	*v = value{f: float64(n), kind: 'n'}
	return nil
}

func (c *category) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, &c.Value)
	}
	var o struct {
		Value     text `json:"value"`
		TextStyle struct {
			FontWeight text  `json:"fontWeight"`
			Color      color `json:"color"`
		} `json:"textStyle"`
	}
	if err := strict(b, &o); err != nil {
		return err
	}
	c.Value, c.Style.FontWeight, c.Style.Color = o.Value, o.TextStyle.FontWeight, o.TextStyle.Color
	return nil
}

func (m *mark) UnmarshalJSON(b []byte) error {
	type plain mark
	if b[0] != '[' {
		return strict(b, (*plain)(m))
	}
	var ends []plain
	if err := strict(b, &ends); err != nil {
		return err
	}
	if len(ends) != 2 {
		return errors.New("a line has two ends")
	}
	*m = mark(ends[0])
	to := mark(ends[1])
	m.to = &to
	return nil
}

func (i *item) UnmarshalJSON(b []byte) error {
	i.itemLook = &itemLook{}
	switch b[0] {
	case '[':
		return json.Unmarshal(b, &i.values)
	case '{':
		var o struct {
			Name      text            `json:"name"`
			Value     json.RawMessage `json:"value"`
			ItemStyle itemStyle       `json:"itemStyle"`
			Label     label           `json:"label"`
		}
		if err := strict(b, &o); err != nil {
			return err
		}
		if len(o.Value) == 0 {
			return errors.New("an item without a value")
		}
		i.name, i.style, i.label = string(o.Name), o.ItemStyle, o.Label
		if o.Value[0] == '[' {
			return json.Unmarshal(o.Value, &i.values)
		}
		b = o.Value
	}
	i.values = make([]value, 1)
	return i.values[0].UnmarshalJSON(b)
}

// strict decodes and refuses keys that the target has no field for.
func strict(b []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

// parse reads options.
func parse(b []byte) (*options, error) {
	o := &options{}
	if !json.Valid(b) {
		return nil, errors.New("not JSON")
	}
	if err := strict(b, o); err != nil {
		return nil, err
	}
	if len(o.Series) == 0 {
		return nil, errors.New("no series")
	}
	for i := range o.Series {
		s := &o.Series[i]
		data := s.Data
		if len(data) == 0 {
			data = json.RawMessage("[]")
		}
		var err error
		if s.Type == "graph" {
			err = strict(data, &s.nodes)
		} else if items, ok := plainItems(data); ok {
			s.items = items
		} else {
			err = json.Unmarshal(data, &s.items)
		}
		if err != nil {
			return nil, fmt.Errorf("series %d: %w", i, err)
		}
	}
	return o, nil
}

// plainItems reads items that are numbers, or lists of numbers, as long series
// are: many times faster than item by item. Anything else it leaves alone.
func plainItems(b []byte) ([]item, bool) {
	n, lists := bytes.Count(b, []byte{','})+1, bytes.Count(b, []byte{'['})
	if lists < 2 {
		lists = n
	}
	values, items, look := make([]value, 0, n), make([]item, 0, lists), &itemLook{}
	depth, start, known := 0, 0, 0
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '[':
			depth, start = depth+1, len(values)
			i++
		case c == ']':
			if depth == 2 {
				items = append(items, item{"", values[start:len(values):len(values)], look})
			}
			depth--
			i++
		case c == ',' || c == ' ' || c == '\n':
			i++
		case bytes.HasPrefix(b[i:], []byte("null")):
			values = append(values, value{})
			i += 4
		case c == '-' || c >= '0' && c <= '9':
			j := i + 1
			for j < len(b) && b[j] != ',' && b[j] != ']' && b[j] != ' ' && b[j] != '\n' {
				j++
			}
			var f number
			if f.UnmarshalJSON(b[i:j]) != nil {
				return nil, false
			}
			values = append(values, value{f: float64(f), kind: 'n'})
			i = j
		default:
			return nil, false
		}
		if depth > 2 {
			return nil, false
		}
		if k := len(values); depth == 1 && k > known && b[i-1] != ']' {
			items = append(items, item{"", values[k-1 : k : k], look})
		}
		known = len(values)
	}
	return items, depth == 0
}

func is(b *bool, otherwise bool) bool {
	if b == nil {
		return otherwise
	}
	return *b
}
