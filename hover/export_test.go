package hover

// Versions are the version of Python that added the name and that removed it, "" for none that matters, and those that added some of its
// parameters.
func (c *Card) Versions() (since, removed string, parameters map[string]string) {
	facts := factsOf(c.Name)
	parameters = map[string]string{}
	for _, p := range c.parameters {
		parameters[p.name] = p.since
	}
	return facts.Since, facts.Dropped, parameters
}
