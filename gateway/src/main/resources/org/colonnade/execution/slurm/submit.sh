# Submits the job in folder $1 under name $2 with the words after $3 as options of sbatch, or finds the one that was
# submitted before: prints its number. May be run any number of times; the lock outwaits a submission whose answer was lost.
# The folder names its job as soon as it has one; without such a file the controller is asked, and then the accounting. If $3 is
# "array", it is an array with one element per line of the file "folders"; without that file, none was ever submitted.
set -u
cd -- "$1" || exit 90
name=$2
kind=$3
shift 3
exec 9>submit.lock || exit 90
flock -w 90 9 || exit 91
if [ -s slurm-id ]; then
  cat slurm-id
  exit 0
fi
if [ "$kind" = array ]; then
  [ -s folders ] || exit 95
  set -- "--array=0-$(($(wc -l <folders) - 1))" "$@"
fi
id=
if [ -e submitting ]; then
  id=$(timeout 30 squeue -h -t all --name="$name" -o %F) || exit 92
  [ -n "$id" ] || id=$(timeout 30 sacct -X -n -P --name="$name" -S now-30days -o JobID 2>/dev/null)
fi
if [ -z "$id" ]; then
  : >submitting || exit 94
  id=$(timeout 60 sbatch --parsable --job-name="$name" "$@" batch.sh 9>&-) || exit 93
fi
id=${id%%;*}
id=$(printf "%s\n" "${id%%_*}" | head -n 1)
printf '%s\n' "$id" >slurm-id.new && mv slurm-id.new slurm-id
printf '%s\n' "$id"
