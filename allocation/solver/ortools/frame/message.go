package frame

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Greeting is the payload of Hello, as JSON.
type Greeting struct {
	Protocol int    `json:"protocol"`
	Library  string `json:"library"` // where the library was found
	Version  string `json:"version"` // of OR-Tools, "" where the library does not say
}

// Failure is the payload of Error, as JSON.
type Failure struct {
	Text  string           `json:"text"`
	Tried []solver.Attempt `json:"tried,omitempty"` // where the library was looked for, if it was not found
}

// Request is the payload of Solve: the bytes of a SatParameters and of a CpModelProto.
type Request struct {
	Parameters []byte
	Model      []byte
}

// Encode turns a Greeting or a Failure into a payload.
func Encode[M Greeting | Failure](m M) []byte {
	payload, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and numbers can always be marshalled
	}
	return payload
}

// Decode reads what Encode wrote. A payload that is not such a message is a [*FormatError].
func Decode[M Greeting | Failure](payload []byte) (M, error) {
	var m M
	if err := json.Unmarshal(payload, &m); err != nil {
		return m, &FormatError{"payload", err.Error(), fmt.Sprintf("a %T as JSON", m)}
	}
	return m, nil
}

// Parts gives the payload of a request to [Write]: the length of the parameters in four bytes, the highest first,
// the parameters, and the model, which need not be copied for this.
func (r Request) Parts() [][]byte {
	return [][]byte{binary.BigEndian.AppendUint32(nil, uint32(len(r.Parameters))), r.Parameters, r.Model}
}

// DecodeRequest reads the payload of Solve. The request refers to the payload.
func DecodeRequest(payload []byte) (Request, error) {
	const prefix = 4
	if len(payload) < prefix {
		return Request{}, &FormatError{"payload of Solve", fmt.Sprintf("%d bytes", len(payload)), "at least 4"}
	}
	length := int64(binary.BigEndian.Uint32(payload))
	rest := payload[prefix:]
	if length > int64(len(rest)) {
		return Request{}, &FormatError{"length of the parameters", fmt.Sprint(length), fmt.Sprintf("at most %d", len(rest))}
	}
	return Request{Parameters: rest[:length:length], Model: rest[length:]}, nil
}
