# Submits the job in folder $1 under name $2 with the remaining words as options of sbatch, or finds the one that was
# submitted before: prints its number. May be run any number of times; the lock outwaits a submission whose answer was lost.
set -u
cd -- "$1" || exit 90
name=$2
shift 2
exec 9>submit.lock || exit 90
flock -w 90 9 || exit 91
if [ -s slurm-id ]; then
  cat slurm-id
  exit 0
fi
id=$(timeout 30 squeue -h -t all --name="$name" -o %A) || exit 92
[ -n "$id" ] || id=$(timeout 30 sacct -X -n -P --name="$name" -S now-30days -o JobIDRaw 2>/dev/null)
if [ -z "$id" ]; then
  id=$(timeout 60 sbatch --parsable --job-name="$name" "$@" batch.sh 9>&-) || exit 93
fi
id=$(printf '%s\n' "${id%%;*}" | head -n 1)
printf '%s\n' "$id" >slurm-id.new && mv slurm-id.new slurm-id
printf '%s\n' "$id"
