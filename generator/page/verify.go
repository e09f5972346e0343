package page

// VerifyPage is the page on which a copy of the report, in a zip file or a
// folder, is compared with its own list of files. It does so in the browser, so
// there is nothing to say of the report.
type VerifyPage struct{}

const verifyPath = "verify.html"

// Sections of the page on which a copy is checked.
const (
	SectionProves    = "proves"     // what that proves, and what not
	SectionOtherWays = "other_ways" // to check a copy
)

// verify fills the page on which a copy is checked.
func (c *composer) verify() {
	c.list(verifyPath, TemplateVerify, "verify")
	c.page.Verify = &VerifyPage{}
	c.section(SectionProves, 0, true)
	c.section(SectionOtherWays, 0, true)
	c.end()
}
