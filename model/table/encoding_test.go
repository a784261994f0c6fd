package table

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

// inGB18030 is a folder of testdata with every file in GB18030, and each text changed first.
func inGB18030(t *testing.T, name string, change func(file, text string) string) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	source := os.DirFS("../../testdata/" + name)
	files, err := fs.Glob(source, "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(source, file)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := simplifiedchinese.GB18030.NewEncoder().String(change(file, string(text)))
		if err != nil {
			t.Fatal(err)
		}
		folder[file] = &fstest.MapFile{Data: []byte(encoded)}
	}
	return folder
}

func TestGB18030(t *testing.T) {
	want, err := Read("../../testdata/zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadFS(inGB18030(t, "zhangwu", func(_, text string) string { return text }))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-UTF-8 +GB18030)\n%s", diff)
	}
	rare := "𬭎㛃中学" // four bytes in GB18030, the first beyond the plane that most have
	got, err = ReadFS(inGB18030(t, "zhangwu", func(file, text string) string {
		if file == "schools.csv" {
			return strings.Replace(text, "彰武县第一小学", rare, 1)
		}
		return text
	}))
	if err != nil || got.Schools[0].Name != rare {
		t.Errorf("%v, want %s", err, rare)
	}
}

// A byte that stands for nothing is found with its row and column, in either encoding.
func TestUndecodableBytesHaveAPlace(t *testing.T) {
	chinese := inGB18030(t, "zhangwu", func(_, text string) string { return text })
	spoil := func(folder fstest.MapFS, old, new string) fstest.MapFS {
		text := string(folder["schools.csv"].Data)
		if !strings.Contains(text, old) {
			t.Fatalf("no %q in schools.csv", old)
		}
		folder["schools.csv"] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, new, 1))}
		return folder
	}
	utf := fstest.MapFS{}
	for name := range chinese {
		text, err := os.ReadFile("../../testdata/zhangwu/" + name)
		if err != nil {
			t.Fatal(err)
		}
		utf[name] = &fstest.MapFile{Data: text}
	}
	for reason, folder := range map[string]fstest.MapFS{"GB18030": spoil(chinese, "S002,", "S002,\xff"), "UTF-8": spoil(utf, "S002,", "S002,\xff")} {
		_, err := ReadFS(folder)
		if err == nil || !strings.Contains(err.Error(), "schools.csv row 3, column name") && !strings.Contains(err.Error(), "schools.csv row 3, name") {
			t.Errorf("%s: %v", reason, err)
		}
	}
}

// Whatever Chinese text is written in GB18030 comes back, and no text in UTF-8 is taken for it.
func TestEncodingsAreTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("学校教师语文数学音乐彰武县满堂红镇九年一贯制𬭎㛃abc,1\n")), 1, 200, -1).Draw(t, "text")
		encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := fromGB18030(encoded); !ok || got != text {
			t.Fatalf("%q comes back as %q, %v", text, got, ok)
		}
		if got, ok := decoded(text); ok {
			t.Fatalf("%q in UTF-8 is read as %q", text, got)
		}
	})
}
