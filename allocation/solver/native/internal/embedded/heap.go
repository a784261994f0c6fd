package embedded

func less(a, b ratio) bool { return a.step < b.step || a.step == b.step && a.index < b.index }

// heapify makes the slice a heap with the least step first.
func heapify(h []ratio) {
	for i := len(h)/2 - 1; i >= 0; i-- {
		sift(h, i)
	}
}

// pop moves the first element to the end.
func pop(h []ratio) {
	last := len(h) - 1
	h[0], h[last] = h[last], h[0]
	sift(h[:last], 0)
}

func sift(h []ratio, i int) {
	for {
		c := 2*i + 1
		if c >= len(h) {
			return
		}
		if c+1 < len(h) && less(h[c+1], h[c]) {
			c++
		}
		if !less(h[c], h[i]) {
			return
		}
		h[i], h[c] = h[c], h[i]
		i = c
	}
}
