// Command referralbot is the referral bot for a parent-infant mental health service. This
// package knows who knows whom and nothing else: it reads settings, puts the rooms
// together and prints what they return. It makes no decision about a referral.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitFine   = 0
	exitFailed = 1 // something failed, or a line could not be read
	exitUsage  = 2 // wrong settings or wrong usage
)

// commands is the command line. Each command has a file of its own.
type commands struct {
	Demo      demoCmd      `cmd:"" help:"Try the whole product on this machine, with no accounts."`
	DemoBot   demoBotCmd   `cmd:"" hidden:"" help:"The bot of a demo, in a process of its own."`
	Sim       simCmd       `cmd:"" help:"Be a local Slack and Telegram, with a page for their people, for a bot that is served beside it."`
	Serve     serveCmd     `cmd:"" help:"Run the bot."`
	Check     checkCmd     `cmd:"" help:"Try every setting and credential, and say how to mend what is wrong."`
	Ready     readyCmd     `cmd:"" help:"Ask the bot on this machine whether it is ready."`
	Chat      chatCmd      `cmd:"" help:"Hold one conversation in this terminal."`
	Assess    assessCmd    `cmd:"" help:"Read cases against the criteria: JSON lines in, JSON lines out."`
	Risk      riskCmd      `cmd:"" help:"Look for signs of risk: text lines in, JSON lines out."`
	Questions questionsCmd `cmd:"" help:"Print the questionnaire."`
	Criteria  criteriaCmd  `cmd:"" help:"Print the criteria as prose."`
	Graph     graphCmd     `cmd:"" help:"Print the state machines as Mermaid diagrams."`
	Manifest  manifestCmd  `cmd:"" help:"Print the Slack app manifest."`
	Profile   profileCmd   `cmd:"" help:"Print the built-in profile of a service, to make your own of."`
	Calendars calendarsCmd `cmd:"" help:"Print the addresses at which clinicians subscribe to their own calls; each is for its clinician alone."`
	Keys      keysCmd      `cmd:"" help:"Make and renew the keys that everything is sealed under."`
	Backup    backupCmd    `cmd:"" help:"Copy everything to a new file, sealed, also while the bot runs."`
	Aside     asideCmd     `cmd:"" help:"List and show what could not be dealt with."`
	Bench     benchCmd     `cmd:"" help:"Put the bot under a load of parents at a local Telegram, and say how it bears it."`
	Stats     statsCmd     `cmd:"" help:"Report what becomes of referrals: where from, how read, where people give up, how long it takes."`
	Audit     auditCmd     `cmd:"" help:"Verify and show the audit of the referrals."`
	Referrals referralsCmd `cmd:"" help:"List, show, export and erase referrals."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is the whole program: arguments, environment and streams in, exit code out.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	asked := false // for help, which ends the run
	given := &environment{getenv: getenv}
	parser, err := kong.New(&commands{},
		kong.Name("referralbot"),
		kong.Description("A chat bot through which families are referred to a parent-infant mental health service."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { asked = true }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{in: stdin, out: stdout, err: stderr}),
		kong.ValueFormatter(helpWithVariable),
		kong.Resolvers(given),
	)
	if err != nil {
		return report(err, stderr)
	}
	if err := forgetProcessEnvironment(parser); err != nil {
		return report(err, stderr)
	}
	command, err := parser.Parse(args)
	if asked {
		return exitFine
	}
	if err != nil {
		return report(usageError{fmt.Sprintf("%v (see %s --help)", err, meant(err))}, stderr)
	}
	if faults := append(shown(command), given.faults...); len(faults) > 0 {
		return report(withOthers(faults, command), stderr)
	}
	return report(command.Run(), stderr)
}

// meant is the command that somebody was about to give when it went wrong.
func meant(err error) string {
	fault, _ := errors.AsType[*kong.ParseError](err)
	if fault == nil || fault.Context.Selected() == nil {
		return "referralbot"
	}
	return fault.Context.Selected().FullPath()
}

// helpWithVariable names the environment variable after the help of each flag that has one.
func helpWithVariable(v *kong.Value) string {
	if v.Flag == nil || len(v.Flag.Envs) == 0 {
		return v.Help
	}
	return v.Help + " ($" + strings.Join(v.Flag.Envs, ", $") + ")"
}

// usageError is one or more faults in how the program was called.
type usageError []string

// Error lists the faults, one to a line.
func (e usageError) Error() string { return strings.Join(e, "\n") }

// report says what went wrong, if anything, and returns the exit code.
func report(err error, stderr io.Writer) int {
	if err == nil {
		return exitFine
	}
	fmt.Fprintf(stderr, "referralbot: %v\n", err)
	if errors.As(err, new(usageError)) {
		return exitUsage
	}
	return exitFailed
}
