package main

import (
	"errors"
	"log/slog"
	"runtime/debug"

	"github.com/spf13/cobra"

	"aiolens/server"
)

func (a *app) serverCommand() *cobra.Command {
	var verbose, stdio bool
	cmd := &cobra.Command{
		Use:   "server",
		Short: "Serve an editor over standard input and output",
		Long: "Serve an editor: the language server protocol over standard input and output, warnings on standard error.\n" +
			"Exit codes: 0 after shutdown and exit, 1 after an exit without shutdown, 2 when the connection broke.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			level := slog.LevelWarn
			if verbose {
				level = slog.LevelDebug
			}
			// Each keystroke leaves a copy of the text behind; a server that stays all day should not look large for it.
			debug.SetGCPercent(50)
			log := slog.New(slog.NewTextHandler(a.err, &slog.HandlerOptions{Level: level}))
			err := server.Serve(cmd.Context(), a.in, a.out, server.Options{Log: log, Rules: a.rules, Version: version()})
			if errors.Is(err, server.ErrExitWithoutShutdown) {
				return exit(1) // as the protocol wants it
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log all that happens")
	cmd.Flags().BoolVar(&stdio, "stdio", true, "accepted for editors that pass it; there is no other way")
	return cmd
}
