"""Calls every public function of the package runregistry, and prints what each one gave as JSON lines.

Arguments: the way to the gateway ("environment" where that leads there, else an address), "reader", "manager" or
"certifier".
"""
import json
import sys

import runregistry
from runregistry import runregistry as client

way, role = sys.argv[1], sys.argv[2]
if way != "environment":
    runregistry.setup("local")
    client.api_url = way
client.JSON_CREATION_SLEEP_TIME = 0.2

PROMPT = "/PromptReco/Collisions2026A/DQM"
RULE = json.dumps({"and": [
    {"==": [{"var": "lumisection.rr.dt-dt"}, "GOOD"]},
    {"==": [{"var": "lumisection.oms.bpix_ready"}, True]},
    {">=": [{"var": "run.oms.energy"}, 6000]}]})


def call(name, function, *args, **kwargs):
    try:
        print(json.dumps({"call": name, "gave": function(*args, **kwargs)}), file=sys.__stdout__)
    except Exception as e:
        print(json.dumps({"call": name, "raised": type(e).__name__, "text": str(e)}), file=sys.__stdout__)


sys.stdout = sys.stderr
r = runregistry
if role == "manager":
    call("move_without_verdict", r.move_runs, "OPEN", "SIGNOFF", run=400001)
    call("edit_strip", r.edit_rr_lumisections, 400001, 9, 9, "tracker-strip", "GOOD")
    call("edit_bad_without_comment", r.edit_rr_lumisections, 400001, 1, 2, "dt-dt", "BAD")
    call("change_class", r.change_run_class, [400003], "Commissioning26")
    call("refresh", r.manually_refresh_components_statuses_for_runs, [400003])
    call("reset", r.reset_RR_attributes_and_refresh_runs, [400003])
    call("significant", r.make_significant_runs, run=400002)
    call("sign_off", r.move_runs, "OPEN", "SIGNOFF", runs=[400001])
    call("move_dataset", r.move_datasets, "waiting dqm gui", "OPEN", PROMPT, workspace="global", run=400001)
call("get_run", r.get_run, 400001)
call("get_unknown_run", r.get_run, 1)
call("get_runs", r.get_runs, filter={"run_number": {"or": [400001, 400003]}})
call("get_runs_of_class", r.get_runs, filter={"class": {"like": "%osmics%"}})
call("get_runs_dt_excluded", r.get_runs, filter={"dt-dt": "EXCLUDED"})
call("get_runs_wrong_filter", r.get_runs, filter={"run_number": {"~": 1}})
many = {"run_number": {">=": 410000}}
for size in 7, 50, 120, 1000:
    call("pages_of_%d" % size, lambda: [run["run_number"] for run in r.get_runs(filter=dict(many), page_size=size)])
call("get_runs_limited", r.get_runs, limit=60, page_size=20, filter=dict(many))
call("get_runs_sorted", r.get_runs, filter=dict(many), sortings=[["run_number", "ASC"]], limit=7, page_size=7)
call("get_no_runs", r.get_runs, filter={"run_number": 5})
call("get_runs_whole", r.get_runs, compress_attributes=False, ignore_filter_transformation=True,
     filter={"or": [{"run_number": {"=": 400002}}, {"triplet_summary.dt-dt.EXCLUDED": {">": 0}}]})
call("get_dataset", r.get_dataset, 400001, PROMPT)
call("get_datasets", r.get_datasets, filter={"run_number": 400001})
call("get_no_datasets", r.get_datasets, filter={"run_number": 5})
call("names", r.get_dataset_names_of_run, 400001)
call("cycles", r.get_cycles)
call("accepted", r.get_datasets_accepted)
call("lumisections", r.get_lumisections, 400001)
call("oms_lumisections", r.get_oms_lumisections, 400001)
call("ranges", r.get_lumisection_ranges, 400001)
call("ranges_by_component", r.get_lumisection_ranges_by_component, 400001)
call("oms_ranges", r.get_oms_lumisection_ranges, 400001)
call("joint_ranges", r.get_joint_lumisection_ranges, 400001)
call("create_json", r.create_json, json_logic=RULE, dataset_name_filter="/PromptReco/Collisions2026_/DQM")
call("create_json_unknown_operation", r.create_json, json_logic='{"banana":[1,1]}', dataset_name_filter="/PromptReco/%")
if role == "certifier":
    call("edit", r.edit_rr_lumisections, 400003, 1, 1, "cms-cms", "GOOD", "by a script for production", "none")
if role == "reader":
    call("refused_edit", r.edit_rr_lumisections, 400001, 1, 1, "dt-dt", "GOOD")
    client.email = "auto@auto"
    call("refused_as_auto", r.change_run_class, [400001], "Cosmics26")
