package redistest

import (
	"os/exec"
	"syscall"
)

// dieWithUs has the process killed when this one ends, however it ends.
func dieWithUs(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
