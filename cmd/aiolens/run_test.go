package main

import (
	"slices"
	"testing"
	"time"
)

func TestInOrder(t *testing.T) {
	var items, got []int
	for i := range 200 {
		items = append(items, i)
	}
	inOrder(slices.Values(items), 4, func(i int) int {
		time.Sleep(time.Duration((i*7)%5) * 100 * time.Microsecond)
		return i
	}, func(i int) { got = append(got, i) })
	if !slices.Equal(got, items) {
		t.Error(got)
	}
}
