#!/usr/bin/env bash
# A real Flink on this machine, a job manager and a task manager, with the job server of Beam's Flink runner beside it, and the test of the pipeline on them.
# It needs Maven and Java 11 or 17, and the ports 6123, 8081 and 8097 to 8099; it stops what it started.
#
#   bash cmd/xianguan-beam/testdata/flink/run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
mvn -B -q -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$work/lib"
cat > "$work/config.yaml" <<'YAML'
jobmanager.rpc.address: localhost
jobmanager.rpc.port: 6123
jobmanager.memory.process.size: 1024m
rest.address: localhost
rest.port: 8081
taskmanager.numberOfTaskSlots: 2
taskmanager.cpu.cores: 2
taskmanager.memory.task.heap.size: 256m
taskmanager.memory.task.off-heap.size: 0m
taskmanager.memory.managed.size: 256m
taskmanager.memory.network.min: 64m
taskmanager.memory.network.max: 64m
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.jvm-metaspace.size: 256m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
YAML
opens=()
for package in java.lang java.lang.invoke java.util java.util.concurrent java.nio java.net java.io java.time sun.nio.ch; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
launch() { # a class, its arguments
  java -Xmx512m "${opens[@]}" -cp "$work/lib/*" "$@" > "$work/${1##*.}.log" 2>&1 &
  started+=($!)
}
launch org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint --configDir "$work" --executionMode cluster
launch org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$work"
launch org.apache.beam.runners.flink.FlinkJobServerDriver --flink-master=localhost:8081 --job-host=localhost --job-port=8099 \
  --artifact-port=8098 --expansion-port=8097 --artifacts-dir="$work/artifacts"
for _ in $(seq 60); do
  slots=$(curl -sf localhost:8081/overview | grep -o '"slots-total":[0-9]*' || true)
  [ "$slots" = '"slots-total":2' ] && grep -q "JobService started" "$work/FlinkJobServerDriver.log" && break
  sleep 2
done
curl -sf localhost:8081/overview; echo
cd "$here/../.."
XIANGUAN_FLINK=localhost:8099 go test -count=1 -v -run TestFlink .
curl -sf localhost:8081/jobs/overview; echo
