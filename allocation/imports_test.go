package allocation_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/xianguan/xianguan/"

// mayImport states the package order: each package, and what of the module it
// may import beside itself. Imports point down only, and the checker shares nothing with a solver.
var mayImport = map[string][]string{
	"model":                    {},
	"model/policy":             {"model"},
	"model/table":              {"model", "model/policy"},
	"model/workbook":           {"model", "model/policy", "model/table"},
	"model/synthetic":          {"model", "model/policy"},
	"model/census":             {"model", "model/policy", "model/synthetic"},
	"allocation/solver":        {},
	"allocation/check":         {"model"},
	"allocation/matching":      {},
	"allocation":               {"model", "allocation/check", "allocation/matching", "allocation/solver", "allocation/solver/native"},
	"allocation/subsidy":       {"model", "model/table", "allocation", "allocation/matching", "allocation/solver", "allocation/solver/native"},
	"allocation/sharing":       {"model", "allocation", "allocation/solver", "allocation/solver/native"},
	"allocation/supervision":   {"model", "allocation/check", "allocation/scenario", "allocation/sharing"},
	"allocation/pairing":       {"model", "allocation/solver", "allocation/solver/native"},
	"allocation/principals":    {"model", "allocation/solver", "allocation/solver/native"},
	"allocation/appeal":        {"model", "allocation"},
	"allocation/record":        {"model", "model/policy", "allocation", "allocation/appeal", "allocation/check", "allocation/solver/native"},
	"allocation/scenario":      {"model", "model/policy", "model/table", "allocation", "allocation/check", "allocation/matching", "allocation/solver", "allocation/solver/native"},
	"allocation/province":      {"model", "allocation", "allocation/check", "allocation/scenario", "allocation/solver"},
	"allocation/report/golden": {},
	"allocation/report/letter": {"allocation/report", "allocation", "model", "model/policy"},
	"allocation/horizon":       {"model", "allocation", "allocation/check", "allocation/scenario", "allocation/sharing", "allocation/supervision", "allocation/solver", "allocation/solver/native"},
	"allocation/report/office": {"allocation/report", "allocation/scenario", "allocation/check", "allocation", "model", "model/workbook"},
	"allocation/report":        {"allocation/appeal", "allocation/record", "allocation/province", "allocation/subsidy", "allocation/horizon", "allocation/scenario", "allocation/sharing", "allocation/supervision", "allocation/pairing", "allocation/principals", "model", "model/policy", "allocation", "allocation/matching", "allocation/check", "allocation/solver", "allocation/solver/native"},
}

func TestImportsPointDown(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard", module+"...")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	seen := map[string]bool{}
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours || strings.HasPrefix(name, "cmd/") || strings.HasPrefix(name, "examples/") {
			continue
		}
		seen[name] = true
		checkImports(t, name, p.Imports)
	}
	for _, name := range []string{"model", "model/table", "allocation", "allocation/check", "allocation/solver/native"} {
		if !seen[name] {
			t.Errorf("package %s was not looked at", name)
		}
	}
}

func checkImports(t *testing.T, name string, imports []string) {
	native := strings.HasPrefix(name, "allocation/solver/")
	allowed, known := mayImport[name]
	if !known && !native {
		t.Errorf("package %s has no place in the package order", name)
	}
	for _, path := range imports {
		dependency, ours := strings.CutPrefix(path, module)
		switch {
		case !ours:
			if name == "model" && strings.Contains(path, ".") && path != "github.com/samber/lo" {
				t.Errorf("package model imports %s: want the standard library and lo only", path)
			}
		case native:
			if !strings.HasPrefix(dependency, "allocation/solver") {
				t.Errorf("package %s imports %s: solvers know numbers only", name, dependency)
			}
		case !slices.Contains(allowed, dependency):
			t.Errorf("package %s imports %s, which is not below it", name, dependency)
		}
	}
}
