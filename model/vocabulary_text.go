package model

// The text forms of the vocabulary. Each type reads the English word or the
// Chinese term, and writes the word.

// String gives the English word.
func (s Stage) String() string { return stageTerms.word(uint8(s)) }

// Chinese gives the Chinese term.
func (s Stage) Chinese() string { return stageTerms.zh(uint8(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s Stage) MarshalText() ([]byte, error) { return stageTerms.marshal(uint8(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Stage) UnmarshalText(text []byte) error { return stageTerms.unmarshal(text, (*uint8)(s)) }

// String gives the English word.
func (t Title) String() string { return titleTerms.word(uint8(t)) }

// Chinese gives the Chinese term.
func (t Title) Chinese() string { return titleTerms.zh(uint8(t)) }

// MarshalText implements [encoding.TextMarshaler].
func (t Title) MarshalText() ([]byte, error) { return titleTerms.marshal(uint8(t)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *Title) UnmarshalText(text []byte) error { return titleTerms.unmarshal(text, (*uint8)(t)) }

// String gives the English word.
func (b Backbone) String() string { return backboneTerms.word(uint8(b)) }

// Chinese gives the Chinese term.
func (b Backbone) Chinese() string { return backboneTerms.zh(uint8(b)) }

// MarshalText implements [encoding.TextMarshaler].
func (b Backbone) MarshalText() ([]byte, error) { return backboneTerms.marshal(uint8(b)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *Backbone) UnmarshalText(text []byte) error {
	return backboneTerms.unmarshal(text, (*uint8)(b))
}

// String gives the English word.
func (c TitleClass) String() string { return titleClassTerms.word(uint8(c)) }

// Chinese gives the Chinese term.
func (c TitleClass) Chinese() string { return titleClassTerms.zh(uint8(c)) }

// MarshalText implements [encoding.TextMarshaler].
func (c TitleClass) MarshalText() ([]byte, error) { return titleClassTerms.marshal(uint8(c)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (c *TitleClass) UnmarshalText(text []byte) error {
	return titleClassTerms.unmarshal(text, (*uint8)(c))
}

// String gives the English word.
func (e Evaluation) String() string { return evaluationTerms.word(uint8(e)) }

// Chinese gives the Chinese term.
func (e Evaluation) Chinese() string { return evaluationTerms.zh(uint8(e)) }

// MarshalText implements [encoding.TextMarshaler].
func (e Evaluation) MarshalText() ([]byte, error) { return evaluationTerms.marshal(uint8(e)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (e *Evaluation) UnmarshalText(text []byte) error {
	return evaluationTerms.unmarshal(text, (*uint8)(e))
}

// String gives the English word.
func (d Degree) String() string { return degreeTerms.word(uint8(d)) }

// Chinese gives the Chinese term.
func (d Degree) Chinese() string { return degreeTerms.zh(uint8(d)) }

// MarshalText implements [encoding.TextMarshaler].
func (d Degree) MarshalText() ([]byte, error) { return degreeTerms.marshal(uint8(d)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Degree) UnmarshalText(text []byte) error { return degreeTerms.unmarshal(text, (*uint8)(d)) }

// String gives the English word.
func (e Exemption) String() string { return exemptionTerms.word(uint8(e)) }

// Chinese gives the Chinese term.
func (e Exemption) Chinese() string { return exemptionTerms.zh(uint8(e)) }

// MarshalText implements [encoding.TextMarshaler].
func (e Exemption) MarshalText() ([]byte, error) { return exemptionTerms.marshal(uint8(e)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (e *Exemption) UnmarshalText(text []byte) error {
	return exemptionTerms.unmarshal(text, (*uint8)(e))
}

// String gives the English word.
func (d Duty) String() string { return dutyTerms.word(uint8(d)) }

// Chinese gives the Chinese term.
func (d Duty) Chinese() string { return dutyTerms.zh(uint8(d)) }

// MarshalText implements [encoding.TextMarshaler].
func (d Duty) MarshalText() ([]byte, error) { return dutyTerms.marshal(uint8(d)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Duty) UnmarshalText(text []byte) error { return dutyTerms.unmarshal(text, (*uint8)(d)) }

// String gives the English word.
func (p Pool) String() string { return poolTerms.word(uint8(p)) }

// Chinese gives the Chinese term.
func (p Pool) Chinese() string { return poolTerms.zh(uint8(p)) }

// MarshalText implements [encoding.TextMarshaler].
func (p Pool) MarshalText() ([]byte, error) { return poolTerms.marshal(uint8(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Pool) UnmarshalText(text []byte) error { return poolTerms.unmarshal(text, (*uint8)(p)) }

// String gives the English word.
func (k TermKind) String() string { return termTerms.word(uint8(k)) }

// Chinese gives the Chinese term.
func (k TermKind) Chinese() string { return termTerms.zh(uint8(k)) }

// MarshalText implements [encoding.TextMarshaler].
func (k TermKind) MarshalText() ([]byte, error) { return termTerms.marshal(uint8(k)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (k *TermKind) UnmarshalText(text []byte) error { return termTerms.unmarshal(text, (*uint8)(k)) }

// String gives the English word.
func (g Ground) String() string { return groundTerms.word(uint8(g)) }

// Chinese gives the Chinese term.
func (g Ground) Chinese() string { return groundTerms.zh(uint8(g)) }

// MarshalText implements [encoding.TextMarshaler].
func (g Ground) MarshalText() ([]byte, error) { return groundTerms.marshal(uint8(g)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (g *Ground) UnmarshalText(text []byte) error { return groundTerms.unmarshal(text, (*uint8)(g)) }
