package diag

import (
	"strings"
	"unicode/utf8"
)

// Nearest is the candidate that the word was most likely meant to be, by the
// number of letters added, left out, changed or swapped with a neighbour. It
// is empty when nothing is near enough to be worth saying.
func Nearest(word string, candidates []string) string {
	n := utf8.RuneCountInString(word)
	if n == 0 || n > 200 {
		return "" // nothing a person mistyped; the cost grows with the square
	}
	// At most one letter in three is wrong, and never all of a short word.
	best, least := "", min(n, 1+max(1, n/3))
	lower := strings.ToLower(word)
	for _, c := range candidates {
		if c == word {
			continue
		}
		if d := distance(lower, strings.ToLower(c), least+1); d < least || d == least && best != "" && c < best {
			best, least = c, d
		}
	}
	return best
}

// DidYouMean is the hint that goes with Nearest, or nothing.
func DidYouMean(word string, candidates []string) string {
	if best := Nearest(word, candidates); best != "" {
		return `did you mean "` + best + `"?`
	}
	return ""
}

// distance is the optimal string alignment distance of two words, or limit
// when it is not smaller.
func distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if d := len(s) - len(t); d >= limit || -d >= limit {
		return limit
	}
	prev2, prev, row := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(t)]
}
