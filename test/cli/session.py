"""Runs a program on a pseudo-terminal and types into it (Node has no such terminals).

Standard input is JSON: {"argv": [...], "env": {...}, "empty": whether its standard input is no terminal but empty, "steps": [{"wait": text, "send": text} or {"wait": text, "signal": number}]}.
A step waits until its text has appeared after what earlier steps waited for. Standard output is JSON: everything that the terminal
showed, the exit status (negative for a signal), whether the terminal echoed before each step, and whether it does at the end.
"""
import fcntl, json, os, pty, select, subprocess, sys, termios, time

task = json.load(sys.stdin)
master, slave = pty.openpty()  # the slave stays open here, so that its settings outlive the program


def echoes():
    flags = termios.tcgetattr(slave)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON and flags & termios.ISIG)


def own_terminal():
    os.setsid()
    fcntl.ioctl(1, termios.TIOCSCTTY, 0)


program = subprocess.Popen(
    task["argv"], stdin=subprocess.DEVNULL if task["empty"] else slave, stdout=slave, stderr=slave, env={**os.environ, **task["env"]}, preexec_fn=own_terminal
)
shown, seen, echo, deadline = b"", 0, [], time.time() + 60


def read(seconds):
    global shown
    if select.select([master], [], [], seconds)[0]:
        shown += os.read(master, 65536)
        return True
    return False


for step in task["steps"]:
    wait = step["wait"].encode()
    while (at := shown.find(wait, seen)) < 0:
        read(0.05)
        if time.time() > deadline or program.poll() is not None and not read(0.2):
            program.kill()
            sys.exit("never shown: %r in %r" % (wait, shown))
    seen = at + len(wait)
    echo.append(echoes())
    if "send" in step:
        os.write(master, step["send"].encode())
    else:
        program.send_signal(step["signal"])

while program.poll() is None and time.time() < deadline:
    read(0.05)
program.kill()
status = program.wait()
while read(0.1):
    pass
json.dump({"shown": shown.decode(), "status": status, "echo": echo, "echoAfter": echoes()}, sys.stdout)
