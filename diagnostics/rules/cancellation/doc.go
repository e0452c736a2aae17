// Package cancellation finds timeouts and cancellation that do not do what they look like: scopes that cannot cancel
// anything, deadlines that mean nothing, cancellation that is swallowed.
package cancellation
