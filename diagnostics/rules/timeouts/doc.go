// Package timeouts finds timeouts, sleeps and cancel scopes that do not do what they look like: scopes that cannot cancel
// anything, deadlines that mean nothing, polling where an event would do.
package timeouts
