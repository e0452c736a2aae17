package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"aiolens/server"
)

func (a *app) serverCommand() *cobra.Command {
	var verbose, stdio bool
	var logLevel, logFile string
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Serve an editor over standard input and output",
		Long: "Serve an editor: the language server protocol over standard input and output, the log on standard error.\n" +
			"Exit codes: 0 after shutdown and exit, 1 after an exit without shutdown, 2 when the connection broke.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			level := slog.LevelWarn
			if err := level.UnmarshalText([]byte(logLevel)); err != nil {
				return fmt.Errorf("--log-level: want debug, info, warn or error, not %q", logLevel)
			}
			if verbose {
				level = slog.LevelDebug
			}
			to := io.Writer(a.err)
			if logFile != "" {
				file, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
				if err != nil {
					return fmt.Errorf("--log-file: %w", err)
				}
				defer file.Close()
				to = file
			}
			// Each keystroke leaves a copy of the text behind; a server that stays all day should not look large for it.
			debug.SetGCPercent(75)
			log := slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: level}))
			err := server.Serve(cmd.Context(), a.in, a.out, server.Options{Log: log, Rules: a.rules, Version: version()})
			if errors.Is(err, server.ErrExitWithoutShutdown) {
				return exit(1) // as the protocol wants it
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log all that happens; the same as --log-level debug")
	cmd.Flags().StringVar(&logLevel, "log-level", "warn", "log this and what is worse: debug, info, warn, error")
	cmd.Flags().StringVar(&logFile, "log-file", "", "append the log to this `file` instead of standard error")
	cmd.Flags().BoolVar(&stdio, "stdio", true, "accepted for editors that pass it; there is no other way")
	return cmd
}
