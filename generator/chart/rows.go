package chart

// mostRows is how many rows a drawing has at most; the table has them all.
const mostRows = 60

// share gives each of several groups a number of rows, together at most so
// many: small groups have all of theirs, and large ones the same number.
func share(sizes []int, most int) []int {
	out := make([]int, len(sizes))
	left := most
	for {
		open := 0
		for i, n := range sizes {
			if out[i] < n {
				open++
			}
		}
		each := 0
		if open > 0 {
			each = left / open
		}
		if each == 0 {
			break
		}
		for i, n := range sizes {
			more := min(each, n-out[i])
			out[i] += more
			left -= more
		}
	}
	for i, n := range sizes { // what does not go round: the first ones
		if left > 0 && out[i] < n {
			out[i]++
			left--
		}
	}
	return out
}

// shortened says that a drawing does not have all rows, and gives the remark
// that stands beside it.
func (c *checker) shortened(env Env, path string, shown, all int) []Note {
	if shown >= all {
		return nil
	}
	c.note("chart-too-many", path, "draw a part of them, or several charts", "%d rows, of which the drawing has %d", all, shown)
	return []Note{{"chart-rows", env.word("chart_note_rows", args{"Shown": shown, "Count": all})}}
}
