package model

import (
	"errors"
	"strings"
)

// The faults of an ID number. None of them shows the number.
var (
	ErrIDNumberForm  = errors.New("an ID number (身份证号) of 18 characters: 17 digits, then a digit or X")
	ErrIDNumberBirth = errors.New("an ID number whose digits 7 to 14 are a birthday that exists")
	ErrIDNumberCheck = errors.New("an ID number whose check digit fits: one of its characters is mistyped")
)

// ParseIDNumber reads a citizen identification number (公民身份号码, GB 11643-1999) and gives it with a capital X, and the birthday in it.
//
// The first 17 digits a₁…a₁₇ and the last character a₁₈ (X is 10) satisfy Σ aᵢ·2^(18-i) ≡ 1 (mod 11), which is ISO 7064, MOD 11-2: it finds
// every single wrong character and every exchange of two neighbours. The error is one of [ErrIDNumberForm], [ErrIDNumberBirth]
// and [ErrIDNumberCheck], and never holds the number.
func ParseIDNumber(text string) (number string, born Date, err error) {
	number = strings.ToUpper(text)
	if len(number) != 18 {
		return "", 0, ErrIDNumberForm
	}
	sum := 0
	for i := range len(number) {
		digit := int(number[i] - '0')
		switch {
		case number[i] == 'X' && i == 17:
			digit = 10
		case number[i] < '0' || number[i] > '9':
			return "", 0, ErrIDNumberForm
		}
		sum = (2*sum + digit) % 11 // Horner's rule for the powers of 2
	}
	born, err = ParseDate(number[6:10] + "-" + number[10:12] + "-" + number[12:14])
	if err != nil {
		return "", 0, ErrIDNumberBirth
	}
	if sum != 1 {
		return "", 0, ErrIDNumberCheck
	}
	return number, born, nil
}
