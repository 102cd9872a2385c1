-- A small Run Registry database: the tables of its models, two runs, and some of the defects that such databases have.
create table "Version" (atomic_version serial primary key, by text, comment text, "createdAt" timestamptz);
create table "Event" (version serial primary key, atomic_version integer references "Version");
create table "RunEvent" (version integer primary key, run_number integer, oms_metadata jsonb, rr_metadata jsonb, deleted boolean, manual_change boolean);
create table "DatasetEvent" (version integer primary key, run_number integer, name text, dataset_metadata jsonb, datasets_in_gui jsonb, deleted boolean);
create table "JSONBDeduplication" (id serial primary key, jsonb jsonb, unique_hash text);
create table "LumisectionEvent" (version integer primary key, run_number integer, name text, lumisection_metadata_id integer, manual_change boolean);
create table "LumisectionEventAssignation" (version integer, lumisection_number integer);
create table "OMSLumisectionEvent" (version integer primary key, run_number integer, name text, lumisection_metadata_id integer);
create table "OMSLumisectionEventAssignation" (version integer, lumisection_number integer);
create table "Run" (run_number integer primary key, oms_attributes jsonb, rr_attributes jsonb, version integer, deleted boolean);
create table "Workspace" (id serial primary key, workspace text, online_or_offline text, "createdAt" timestamptz, "updatedAt" timestamptz);
create table "WorkspaceColumn" (id serial primary key, id_workspace integer, name text);
create table "Settings" (id serial primary key, "CCL_id" integer, "CPCL_id" integer, "DCL_id" integer, "ODCL_id" integer, "DAL_id" integer, "JCL_id" integer, "PL_id" integer, metadata jsonb);
create table "ClassClassifier" (id serial primary key, class text, classifier jsonb, priority integer, enabled boolean);
create table "ClassClassifierEntries" ("CCL_id" integer, "CC_id" integer);
create table "ComponentClassifier" (id serial primary key, status text, component integer, classifier jsonb, priority integer, enabled boolean);
create table "ComponentClassifierEntries" ("CPCL_id" integer, "CPC_id" integer);
create table "DatasetsAccepted" (id serial primary key, name text, regexp text, enabled boolean, class text, run_from integer, run_to integer);
create table "DatasetsAcceptedEntries" ("DAL_id" integer, "DA_id" integer);
create table "Permission" (id serial primary key, egroup text, routes jsonb);
create table "PermissionEntries" ("PL_id" integer, "P_id" integer);
create table "Cycle" (id_cycle serial primary key, cycle_name text, cycle_attributes jsonb, deadline timestamptz, deleted boolean);
create table "CycleDataset" (id_cycle integer, run_number integer, name text);
create table "GeneratedJson" (id serial primary key, dataset_name_filter text, tags text, created_by text, official boolean, runregistry_version text, json_logic jsonb, generated_json jsonb, deleted boolean, "createdAt" timestamptz);

insert into "Version" values
    (11, 'auto@auto', 'run 360001 creation', '2023-05-01T08:00:00Z'),
    (12, 'maria@lab.example', 'Edit run 360001 lumisections of a dataset online for component dt-dt', '2023-05-01T09:00:00Z'),
    (15, 'maria@lab.example', 'run 360001 manual edit of attribute class from "A" to "B"', '2023-05-01T10:00:00Z'),
    (16, 'auto@auto', 'run 360001 automatic update', '2023-05-01T11:00:00Z'),
    (17, 'maria@lab.example', 'Edit beyond the end', '2023-05-01T12:00:00Z'),
    (18, 'auto@auto', 'dataset creation', '2023-05-02T08:00:00Z'),
    (19, 'nobody', 'nothing happened', '2023-05-02T09:00:00Z');
insert into "Event" values (101, 11), (102, 11), (103, 11), (104, 11), (105, 11), (106, 12), (107, 15), (108, 16), (109, 17), (110, 18), (111, 18);
insert into "RunEvent" values
    (101, 360001, '{"energy":6800,"b_field":3.8}', '{"class":"A","state":"OPEN","significant":true,"stop_reason":""}', false, false),
    (107, 360001, '{"energy":1}', '{"class":"B"}', false, true),
    (108, 360001, '{"energy":6800.5}', '{"class":"A"}', false, false);
insert into "DatasetEvent" values
    (102, 360001, 'online', '{}', '[]', false),
    (110, 360001, '/PromptReco/Old/DQM', '{"global_state":"waiting dqm gui","dt_state":"OPEN"}', '["/ZeroBias/Old/DQMIO"]', false);
insert into "JSONBDeduplication" (id, jsonb) values
    (1, '{"cms_active":true,"dtm_ready":true}'), (2, '{"dt-dt":{"status":"GOOD","comment":"","cause":""}}'),
    (3, '{"dt-dt":{"status":"BAD","comment":"noise","cause":"HV"}}'), (4, '{"cms_active":true,"dtm_ready":false}'),
    (5, '{"dt-dt":{"status":"STANDBY","comment":"too far","cause":""}}'), (6, '{"dt-dt":{"comment":"no status"}}');
insert into "OMSLumisectionEvent" values (103, 360001, 'online', 1), (104, 360001, 'online', 4);
insert into "OMSLumisectionEventAssignation" select 103, i from generate_series(1, 8) i union all select 104, i from generate_series(9, 10) i;
insert into "LumisectionEvent" values (105, 360001, 'online', 2, false), (106, 360001, 'online', 3, true), (109, 360001, 'online', 5, true), (111, 360001, '/Orphan/Old/DQM', 6, false);
insert into "LumisectionEventAssignation" select 105, i from generate_series(1, 10) i union all select 106, i from unnest(array[2, 3, 4, 7]) i
    union all select 109, i from generate_series(10, 14) i union all select 111, i from generate_series(1, 2) i;
insert into "Run" values
    (360001, '{"energy":6800.5,"b_field":3.8}', '{"class":"A","state":"OPEN","significant":true,"stop_reason":""}', 109, false),
    (360002, '{}', '{}', 90, false);
insert into "Workspace" (workspace, online_or_offline) values ('dt', 'online'), ('dt', 'offline');
insert into "WorkspaceColumn" (id_workspace, name) values (1, 'dt'), (2, 'dt');
insert into "ClassClassifier" (class, classifier, priority, enabled) values
    ('Old', '{"if":[true,true,false]}', 1, true), ('A', '{"if":[{">":[{"var":"energy"},1]},true,false]}', 1, true), ('C', '{"method":[1,"x"]}', 2, true);
insert into "ClassClassifierEntries" values (1, 1), (2, 2), (2, 3);
insert into "ComponentClassifier" (status, component, classifier, priority, enabled) values
    ('GOOD', 1, '{"if":[{"==":[{"var":"dtm_ready"},true]},true,false]}', 4, true), ('BAD', 77, '{"if":[true,true,false]}', 2, true);
insert into "ComponentClassifierEntries" values (1, 1), (1, 2);
insert into "DatasetsAccepted" (name, regexp, enabled, class, run_from, run_to) values ('/PromptReco/Old/DQM', E'/ZeroBias/Old.*\n/JetMET/Old.*', true, 'A', 360000, 369999);
insert into "DatasetsAcceptedEntries" values (1, 1);
insert into "Permission" (egroup, routes) values ('cms-dt-experts', '["/datasets/dt/move_dataset/OPEN/SIGNOFF", "/manual_run_edit/.*/class", "(("]');
insert into "PermissionEntries" values (1, 1);
insert into "Settings" ("CCL_id", "CPCL_id", "DAL_id", "PL_id", metadata) values (1, 1, 1, 1, '{"by":"x"}'), (2, 1, 1, 1, '{"by":"y"}');
insert into "Cycle" (cycle_name, cycle_attributes, deadline, deleted) values
    ('Week 18 2023', '{"global_state":"pending","dt_state":"completed"}', '2023-05-20T12:00:00Z', false), ('Empty', '{"global_state":"pending"}', now(), false);
insert into "CycleDataset" values (1, 360001, '/PromptReco/Old/DQM');
insert into "GeneratedJson" values (4, '/PromptReco/%', 'old', 'maria@lab.example', true, '16', '{"==":[{"var":"lumisection.rr.dt-dt"},"GOOD"]}', '{"360001":[[1,10],[1,3],[7,10]]}', false, '2023-05-03T08:00:00Z');
