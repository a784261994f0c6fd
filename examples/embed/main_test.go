package main

import (
	"os"
	"strings"
	"testing"
)

func Example() {
	main()
	// Output:
	// optimal plan; every rule holds: true
	// T2 => S4/primary/chinese rotation 1087.33 yuan a month
	// T5 => S3/primary/mathematics recruit 400.00 yuan a month
	// T6 => S2/primary/chinese unplaced 200.00 yuan a month
}

// The README shows this very program.
func TestReadmeShowsThisProgram(t *testing.T) {
	program, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(program), "func main() {\n")
	shown := strings.TrimSuffix(body, "}\n")
	if want := strings.ReplaceAll("\n"+shown, "\n\t", "\n")[1:]; !strings.Contains(string(readme), want) {
		t.Errorf("README.md does not show the body of main:\n%s", want)
	}
}
