# Runs one server so that it cannot outlive the JVM that wanted it.
#
#   sh guard.sh DIRECTORY LOG COMMAND [ARGUMENT...]
#
# Standard input is a pipe whose other end only the JVM holds. A line on it names a signal for the server; it is
# repeated on standard output once sent. The end of the pipe means that the JVM closed it, ended or was killed:
# the server is killed (SIGKILL also ends a stopped process) and DIRECTORY is deleted.
# The first line on standard output is the server's process id; the exit status is the server's.

directory=$1
log=$2
shift 2

exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
server=$!
echo "$server"

# The server is this shell's child, so its id cannot pass to another process before `wait` below has seen it end.
(
  while read -r signal; do
    kill -s "$signal" "$server" && echo "$signal"
  done
  trap '' TERM
  kill -s KILL "$server"
  rm -rf "$directory" || { sleep 1; rm -rf "$directory"; }
) <&3 3<&- 2>/dev/null &
warden=$!
exec 3<&- </dev/null

wait "$server"
status=$?
kill "$warden" 2>/dev/null
# A server's directory is kept, for its next run; a program has none but for this script.
rm -f "$directory/guard.sh"
rmdir "$directory" 2>/dev/null
exit "$status"
