package model_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
)

func TestParseIDNumber(t *testing.T) {
	tests := []struct {
		reason, text string
		want         error
	}{
		{"the example of GB 11643", "11010519491231002X", nil},
		{"a small x", "11010519491231002x", nil},
		{"the other example, with a digit", "440524188001010014", model.ErrIDNumberBirth}, // of 1880: before the days that are planned with
		{"another check digit", "110105194912310021", model.ErrIDNumberCheck},
		{"15 digits, as before 2013", "110105491231002", model.ErrIDNumberForm},
		{"an X in the middle", "1101051949X231002X", model.ErrIDNumberForm},
		{"a month 13", "11010519491331002X", model.ErrIDNumberBirth},
		{"full-width digits, which are the reader's to fold", "１１010519491231002X", model.ErrIDNumberForm},
		{"nothing", "", model.ErrIDNumberForm},
	}
	for _, test := range tests {
		number, born, err := model.ParseIDNumber(test.text)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.reason, err)
		}
		if err == nil && (number != strings.ToUpper(test.text) || born != model.NewDate(1949, 12, 31)) {
			t.Errorf("%s: %s, %s", test.reason, number, born)
		}
		if err != nil && len(test.text) > 8 && strings.Contains(err.Error(), test.text[:8]) {
			t.Errorf("%s: the error shows the number: %v", test.reason, err)
		}
	}
}

// The check digit by the weights that the standard prints, and each single mistake and exchange of neighbours found.
func TestIDNumberFindsMistakes(t *testing.T) {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	const checks = "10X98765432"
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 200 {
		body := fmt.Sprintf("%06d19%02d%02d%02d%03d", 110000+random.IntN(500000), 50+random.IntN(50), 1+random.IntN(12), 1+random.IntN(28), random.IntN(1000))
		sum := 0
		for i, w := range weights {
			sum += w * int(body[i]-'0')
		}
		number := body + checks[sum%11:sum%11+1]
		if _, _, err := model.ParseIDNumber(number); err != nil {
			t.Fatalf("%s: %v", number, err)
		}
		for i := range 17 {
			wrong := []byte(number)
			wrong[i] = '0' + (wrong[i]-'0'+byte(1+random.IntN(9)))%10
			if _, _, err := model.ParseIDNumber(string(wrong)); err == nil {
				t.Errorf("%s passes for %s", wrong, number)
			}
			if i < 16 && number[i] != number[i+1] {
				wrong = []byte(number)
				wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
				if _, _, err := model.ParseIDNumber(string(wrong)); err == nil {
					t.Errorf("%s passes for %s", wrong, number)
				}
			}
			found++
		}
	}
	if found != 3400 {
		t.Error(found)
	}
}
