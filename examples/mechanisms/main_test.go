package main

func Example() {
	main()
	// Output:
	// synthetic county: 297 people, 41 take part, 299 posts
	// mechanism       filled surplus blocking worse moved rural
	// present            266       9       41     0     0   146
	// da                 272       6        0     1    19   154
	// da-school          272       6        0     1    19   154
	// da-present         273       5        3     0    19   154
	// ttc                272       6        0     1    19   154
	// ttc-present        273       5        3     0    20   154
	// ttcc               273       5        3     0    20   154
	// serial             272       6        0     1    19   154
	// boston             272       6        0     1    19   154
	// flexible           272       6        0     1    19   154
	// multistage         268      10        8     2    15   152
	// block-exchange     271       4       26     0     5   151
	// 1s-be              271       4       18     0    13   151
	// to-be              271       4       26     0     5   151
	// rank               273       4        7     0    21   154
	// rounds             280      16        4     1    27   158
	// plan               286       0       21     5    52   171
}
