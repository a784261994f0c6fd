package main

func Example() {
	main()
	// Output:
	// longest chain 0: 3 of 3 exchanged, -1578.50 yuan a month
	//   T2 (S3, volunteer) → T1 (S1, volunteer) → back to T2
	//   T8 (S4, volunteer) → T7 (S1, rotation) → back to T8
	//   T5 (S2, volunteer) → T4 (S1, volunteer) → T3 (S4, volunteer) → a vacancy at S5
	// longest chain 2: 2 of 3 exchanged, -1983.84 yuan a month
	//   T8 (S4, volunteer) → T7 (S1, rotation) → back to T8
	//   T2 (S3, volunteer) → T5 (S2, volunteer) → T1 (S1, volunteer) → back to T2
}
