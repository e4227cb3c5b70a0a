CREATE TABLE attachment (
	id UUID NOT NULL,
	sha256 VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	media_type VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	unit VARCHAR,
	instance_id UUID,
	task_id UUID,
	field VARCHAR NOT NULL,
	uploaded_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	uploaded_by VARCHAR NOT NULL,
	uploaded_by_name VARCHAR NOT NULL,
	CONSTRAINT pk_attachment PRIMARY KEY (id)
);

CREATE INDEX ix_attachment_instance_id ON attachment (instance_id);

CREATE INDEX ix_attachment_sha256 ON attachment (sha256);

CREATE INDEX ix_attachment_task_id ON attachment (task_id);

CREATE INDEX ix_attachment_unit ON attachment (unit);

CREATE TABLE audit_seal (
	number INTEGER NOT NULL,
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	records INTEGER NOT NULL,
	previous VARCHAR NOT NULL,
	hash VARCHAR NOT NULL,
	CONSTRAINT pk_audit_seal PRIMARY KEY (number)
);

CREATE TABLE change (
	id UUID NOT NULL,
	pack VARCHAR NOT NULL,
	editor VARCHAR NOT NULL,
	editor_name VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	open BOOLEAN,
	revision INTEGER NOT NULL,
	note VARCHAR NOT NULL,
	begun_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	submitted_at TIMESTAMP WITHOUT TIME ZONE,
	decided_at TIMESTAMP WITHOUT TIME ZONE,
	decided_by VARCHAR,
	decided_by_name VARCHAR,
	reason VARCHAR NOT NULL,
	CONSTRAINT pk_change PRIMARY KEY (id),
	CONSTRAINT uq_change_pack_editor_open UNIQUE (pack, editor, open)
);

CREATE INDEX ix_change_state ON change (state);

CREATE TABLE content (
	sha256 VARCHAR NOT NULL,
	data BYTEA NOT NULL,
	CONSTRAINT pk_content PRIMARY KEY (sha256)
);

CREATE TABLE indicator_day (
	pack VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	figure INTEGER NOT NULL,
	day DATE NOT NULL,
	number NUMERIC(14, 2),
	part INTEGER NOT NULL,
	whole INTEGER,
	CONSTRAINT pk_indicator_day PRIMARY KEY (pack, code, figure, day)
);

CREATE TABLE ledger_row (
	id UUID NOT NULL,
	pack VARCHAR NOT NULL,
	ledger VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	list_key VARCHAR NOT NULL,
	business_key VARCHAR NOT NULL,
	seq INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	values JSONB NOT NULL,
	revision INTEGER NOT NULL,
	instance_id UUID,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	created_by VARCHAR NOT NULL,
	updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	updated_by VARCHAR NOT NULL,
	CONSTRAINT pk_ledger_row PRIMARY KEY (id),
	CONSTRAINT uq_ledger_row_ledger_business_key UNIQUE (ledger, business_key)
);

CREATE INDEX ix_ledger_row_instance_id ON ledger_row (instance_id);

CREATE INDEX ix_ledger_row_list ON ledger_row (ledger, unit, list_key, seq);

CREATE TABLE message (
	id UUID NOT NULL,
	name VARCHAR NOT NULL,
	correlation_key VARCHAR,
	variables JSONB NOT NULL,
	published_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_message PRIMARY KEY (id)
);

CREATE INDEX ix_message_expires_at ON message (expires_at);

CREATE INDEX ix_message_name ON message (name, correlation_key);

CREATE TABLE notification (
	id UUID NOT NULL,
	login VARCHAR NOT NULL,
	event VARCHAR NOT NULL,
	kind VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	body VARCHAR NOT NULL,
	link VARCHAR NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	read_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_notification PRIMARY KEY (id),
	CONSTRAINT uq_notification_login_event UNIQUE (login, event)
);

CREATE INDEX ix_notification_list ON notification (login, created_at);

CREATE INDEX ix_notification_unread ON notification (login) WHERE read_at IS NULL;

CREATE TABLE number_series (
	series VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	last INTEGER NOT NULL,
	CONSTRAINT pk_number_series PRIMARY KEY (series, scope)
);

CREATE TABLE person (
	login VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	phone VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	active BOOLEAN NOT NULL,
	password_hash VARCHAR,
	must_change BOOLEAN NOT NULL,
	failures INTEGER NOT NULL,
	locked_until TIMESTAMP WITHOUT TIME ZONE,
	password_at TIMESTAMP WITHOUT TIME ZONE,
	signed_in_at TIMESTAMP WITHOUT TIME ZONE,
	pack VARCHAR,
	edited BOOLEAN NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (login)
);

CREATE INDEX ix_person_name ON person (name);

CREATE TABLE role (
	pack VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	scope VARCHAR NOT NULL,
	rights JSONB NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_role PRIMARY KEY (pack, code)
);

CREATE TABLE snapshot (
	id UUID NOT NULL,
	code VARCHAR NOT NULL,
	pack VARCHAR NOT NULL,
	ledger VARCHAR NOT NULL,
	view VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	filter JSONB NOT NULL,
	content JSONB NOT NULL,
	sha256 VARCHAR NOT NULL,
	instance_id UUID,
	taken_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	taken_by VARCHAR NOT NULL,
	taken_by_name VARCHAR NOT NULL,
	CONSTRAINT pk_snapshot PRIMARY KEY (id),
	CONSTRAINT uq_snapshot_code UNIQUE (code)
);

CREATE INDEX ix_snapshot_instance_id ON snapshot (instance_id);

CREATE INDEX ix_snapshot_list ON snapshot (ledger, view, unit, taken_at);

CREATE INDEX ix_snapshot_sha256 ON snapshot (sha256);

CREATE TABLE unit (
	code VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	short_name VARCHAR NOT NULL,
	type VARCHAR NOT NULL,
	level VARCHAR NOT NULL,
	parent VARCHAR,
	line_parent VARCHAR,
	is_vertical BOOLEAN NOT NULL,
	domains JSONB NOT NULL,
	position INTEGER NOT NULL,
	path VARCHAR NOT NULL,
	line_path VARCHAR NOT NULL,
	active BOOLEAN NOT NULL,
	pack VARCHAR,
	edited BOOLEAN NOT NULL,
	CONSTRAINT pk_unit PRIMARY KEY (code),
	CONSTRAINT fk_unit_parent_unit FOREIGN KEY(parent) REFERENCES unit (code) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_unit_line_parent_unit FOREIGN KEY(line_parent) REFERENCES unit (code) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_unit_line_path ON unit (line_path);

CREATE INDEX ix_unit_parent ON unit (parent);

CREATE INDEX ix_unit_path ON unit (path);

CREATE INDEX ix_unit_position ON unit (position);

CREATE TABLE audit (
	id UUID NOT NULL,
	instance_id UUID,
	number INTEGER NOT NULL,
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	actor VARCHAR NOT NULL,
	actor_name VARCHAR NOT NULL,
	post VARCHAR,
	unit VARCHAR,
	on_behalf_of VARCHAR,
	action VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	facts JSONB NOT NULL,
	previous VARCHAR NOT NULL,
	hash VARCHAR NOT NULL,
	seal INTEGER,
	CONSTRAINT pk_audit PRIMARY KEY (id),
	CONSTRAINT fk_audit_seal_audit_seal FOREIGN KEY(seal) REFERENCES audit_seal (number)
);

CREATE INDEX ix_audit_actor ON audit (actor, at);

CREATE INDEX ix_audit_instance ON audit (instance_id, number);

CREATE INDEX ix_audit_seal ON audit (seal);

CREATE TABLE deployment (
	id UUID NOT NULL,
	pack VARCHAR NOT NULL,
	number INTEGER NOT NULL,
	sha256 VARCHAR NOT NULL,
	deployed_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	deployed_by VARCHAR NOT NULL,
	folder JSONB NOT NULL,
	change_id UUID,
	CONSTRAINT pk_deployment PRIMARY KEY (id),
	CONSTRAINT uq_deployment_pack_number UNIQUE (pack, number),
	CONSTRAINT fk_deployment_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);

CREATE INDEX ix_deployment_pack ON deployment (pack);

CREATE TABLE draft_file (
	id UUID NOT NULL,
	change_id UUID NOT NULL,
	path VARCHAR NOT NULL,
	data BYTEA NOT NULL,
	base_sha256 VARCHAR,
	revision INTEGER NOT NULL,
	saved_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_draft_file PRIMARY KEY (id),
	CONSTRAINT uq_draft_file_change_id_path UNIQUE (change_id, path),
	CONSTRAINT fk_draft_file_change_id_change FOREIGN KEY(change_id) REFERENCES change (id)
);

CREATE TABLE phrase (
	id UUID NOT NULL,
	login VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_phrase PRIMARY KEY (id),
	CONSTRAINT uq_phrase_login_text UNIQUE (login, text),
	CONSTRAINT fk_phrase_login_person FOREIGN KEY(login) REFERENCES person (login)
);

CREATE INDEX ix_phrase_list ON phrase (login, position);

CREATE TABLE post (
	id UUID NOT NULL,
	login VARCHAR NOT NULL,
	unit VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	campaign VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	valid_from DATE,
	valid_to DATE,
	position INTEGER NOT NULL,
	edited BOOLEAN NOT NULL,
	CONSTRAINT pk_post PRIMARY KEY (id),
	CONSTRAINT uq_post_login_unit_role_campaign_valid_from UNIQUE (login, unit, role, campaign, valid_from),
	CONSTRAINT fk_post_login_person FOREIGN KEY(login) REFERENCES person (login),
	CONSTRAINT fk_post_unit_unit FOREIGN KEY(unit) REFERENCES unit (code)
);

CREATE INDEX ix_post_group ON post (unit, role);

CREATE INDEX ix_post_login ON post (login);

CREATE TABLE session (
	id VARCHAR NOT NULL,
	login VARCHAR NOT NULL,
	post_id UUID,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITHOUT TIME ZONE,
	remote VARCHAR NOT NULL,
	agent VARCHAR NOT NULL,
	CONSTRAINT pk_session PRIMARY KEY (id),
	CONSTRAINT fk_session_login_person FOREIGN KEY(login) REFERENCES person (login)
);

CREATE INDEX ix_session_login ON session (login);

CREATE TABLE snapshot_scan (
	id UUID NOT NULL,
	attachment_id UUID NOT NULL,
	snapshot_id UUID,
	instance_id UUID,
	code VARCHAR,
	verdict VARCHAR NOT NULL,
	decision VARCHAR,
	note VARCHAR NOT NULL,
	checked_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	checked_by VARCHAR NOT NULL,
	decided_at TIMESTAMP WITHOUT TIME ZONE,
	decided_by VARCHAR,
	decided_by_name VARCHAR,
	CONSTRAINT pk_snapshot_scan PRIMARY KEY (id),
	CONSTRAINT fk_snapshot_scan_snapshot_id_snapshot FOREIGN KEY(snapshot_id) REFERENCES snapshot (id)
);

CREATE INDEX ix_snapshot_scan_attachment_id ON snapshot_scan (attachment_id);

CREATE INDEX ix_snapshot_scan_instance_id ON snapshot_scan (instance_id);

CREATE INDEX ix_snapshot_scan_snapshot_id ON snapshot_scan (snapshot_id);

CREATE TABLE unit_name (
	id UUID NOT NULL,
	unit VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	short_name VARCHAR NOT NULL,
	until TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	changed_by VARCHAR NOT NULL,
	reason VARCHAR NOT NULL,
	CONSTRAINT pk_unit_name PRIMARY KEY (id),
	CONSTRAINT fk_unit_name_unit_unit FOREIGN KEY(unit) REFERENCES unit (code)
);

CREATE INDEX ix_unit_name_unit ON unit_name (unit);

CREATE TABLE decision (
	id UUID NOT NULL,
	decision_id VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	pack VARCHAR NOT NULL,
	deployment_id UUID NOT NULL,
	path VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_decision PRIMARY KEY (id),
	CONSTRAINT uq_decision_decision_id_version UNIQUE (decision_id, version),
	CONSTRAINT fk_decision_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
	CONSTRAINT fk_decision_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256)
);

CREATE INDEX ix_decision_active ON decision (decision_id, active);

CREATE TABLE definition (
	id UUID NOT NULL,
	process_id VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	version_tag VARCHAR,
	name VARCHAR NOT NULL,
	pack VARCHAR NOT NULL,
	deployment_id UUID NOT NULL,
	path VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	active BOOLEAN NOT NULL,
	startable_by JSONB NOT NULL,
	start_form_id VARCHAR,
	documentation VARCHAR NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_definition PRIMARY KEY (id),
	CONSTRAINT uq_definition_process_id_version UNIQUE (process_id, version),
	CONSTRAINT fk_definition_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
	CONSTRAINT fk_definition_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256)
);

CREATE INDEX ix_definition_active ON definition (process_id, active);

CREATE TABLE form (
	id UUID NOT NULL,
	form_id VARCHAR NOT NULL,
	version INTEGER NOT NULL,
	pack VARCHAR NOT NULL,
	deployment_id UUID NOT NULL,
	path VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_form PRIMARY KEY (id),
	CONSTRAINT uq_form_form_id_version UNIQUE (form_id, version),
	CONSTRAINT fk_form_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
	CONSTRAINT fk_form_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256)
);

CREATE INDEX ix_form_active ON form (form_id, active);

CREATE TABLE resource (
	id UUID NOT NULL,
	deployment_id UUID NOT NULL,
	path VARCHAR NOT NULL,
	sha256 VARCHAR NOT NULL,
	CONSTRAINT pk_resource PRIMARY KEY (id),
	CONSTRAINT uq_resource_deployment_id_path UNIQUE (deployment_id, path),
	CONSTRAINT fk_resource_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
	CONSTRAINT fk_resource_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256)
);

CREATE TABLE stand_in (
	id UUID NOT NULL,
	post_id UUID NOT NULL,
	deputy VARCHAR NOT NULL,
	valid_from DATE NOT NULL,
	valid_to DATE NOT NULL,
	reason VARCHAR NOT NULL,
	granted_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	revoked_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_stand_in PRIMARY KEY (id),
	CONSTRAINT fk_stand_in_post_id_post FOREIGN KEY(post_id) REFERENCES post (id),
	CONSTRAINT fk_stand_in_deputy_person FOREIGN KEY(deputy) REFERENCES person (login)
);

CREATE INDEX ix_stand_in_deputy ON stand_in (deputy, valid_to);

CREATE INDEX ix_stand_in_post ON stand_in (post_id);

CREATE TABLE process_instance (
	id UUID NOT NULL,
	definition_id UUID NOT NULL,
	process_id VARCHAR NOT NULL,
	parent_id UUID,
	parent_element_key VARCHAR,
	root_id UUID NOT NULL,
	business_key VARCHAR,
	title VARCHAR NOT NULL,
	unit VARCHAR,
	state VARCHAR NOT NULL,
	business_state VARCHAR,
	variables JSONB NOT NULL,
	kernel_state BYTEA NOT NULL,
	revision INTEGER NOT NULL,
	started_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	started_by VARCHAR NOT NULL,
	started_by_name VARCHAR NOT NULL,
	ended_at TIMESTAMP WITHOUT TIME ZONE,
	ended_reason VARCHAR,
	audit_number INTEGER NOT NULL,
	audit_hash VARCHAR NOT NULL,
	CONSTRAINT pk_process_instance PRIMARY KEY (id),
	CONSTRAINT fk_process_instance_definition_id_definition FOREIGN KEY(definition_id) REFERENCES definition (id),
	CONSTRAINT fk_process_instance_parent_id_process_instance FOREIGN KEY(parent_id) REFERENCES process_instance (id)
);

CREATE INDEX ix_process_instance_business_key ON process_instance (business_key);

CREATE INDEX ix_process_instance_list ON process_instance (process_id, state, started_at);

CREATE INDEX ix_process_instance_parent_id ON process_instance (parent_id);

CREATE INDEX ix_process_instance_root_id ON process_instance (root_id);

CREATE INDEX ix_process_instance_started_at ON process_instance (started_at, id);

CREATE INDEX ix_process_instance_started_by ON process_instance (started_by, started_at);

CREATE INDEX ix_process_instance_unit ON process_instance (unit, state, started_at);

CREATE TABLE element_instance (
	instance_id UUID NOT NULL,
	element_key VARCHAR NOT NULL,
	element_id VARCHAR NOT NULL,
	type VARCHAR NOT NULL,
	parent_key VARCHAR,
	loop_counter INTEGER,
	entered_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	left_at TIMESTAMP WITHOUT TIME ZONE,
	outcome VARCHAR,
	taken JSONB,
	CONSTRAINT pk_element_instance PRIMARY KEY (instance_id, element_key),
	CONSTRAINT fk_element_instance_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);

CREATE INDEX ix_element_instance_element ON element_instance (element_id, left_at);

CREATE TABLE incident (
	id UUID NOT NULL,
	instance_id UUID,
	job_id UUID,
	element_key VARCHAR,
	element_id VARCHAR,
	kind VARCHAR NOT NULL,
	message VARCHAR NOT NULL,
	template VARCHAR NOT NULL,
	facts JSONB NOT NULL,
	detail VARCHAR NOT NULL,
	variables JSONB NOT NULL,
	raised_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	resolved_at TIMESTAMP WITHOUT TIME ZONE,
	resolved_by VARCHAR,
	CONSTRAINT pk_incident PRIMARY KEY (id),
	CONSTRAINT fk_incident_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);

CREATE INDEX ix_incident_instance_id ON incident (instance_id);

CREATE INDEX ix_incident_open ON incident (raised_at) WHERE resolved_at IS NULL;

CREATE TABLE job (
	id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	type VARCHAR NOT NULL,
	instance_id UUID,
	element_key VARCHAR,
	element_id VARCHAR,
	definition_id UUID,
	subject VARCHAR,
	payload JSONB NOT NULL,
	due_at TIMESTAMP WITHOUT TIME ZONE,
	retries INTEGER NOT NULL,
	failures INTEGER NOT NULL,
	lock_owner VARCHAR,
	locked_until TIMESTAMP WITHOUT TIME ZONE,
	message VARCHAR,
	CONSTRAINT pk_job PRIMARY KEY (id),
	CONSTRAINT fk_job_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id),
	CONSTRAINT fk_job_definition_id_definition FOREIGN KEY(definition_id) REFERENCES definition (id)
);

CREATE INDEX ix_job_due_at ON job (due_at);

CREATE INDEX ix_job_element ON job (instance_id, element_key);

CREATE INDEX ix_job_subject ON job (subject);

CREATE TABLE milestone (
	id UUID NOT NULL,
	code VARCHAR NOT NULL,
	unit VARCHAR,
	instance_id UUID NOT NULL,
	root_id UUID NOT NULL,
	element_id VARCHAR NOT NULL,
	reached_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_milestone PRIMARY KEY (id),
	CONSTRAINT fk_milestone_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);

CREATE INDEX ix_milestone_code ON milestone (code, unit, reached_at);

CREATE INDEX ix_milestone_instance ON milestone (instance_id);

CREATE INDEX ix_milestone_root_id ON milestone (root_id);

CREATE TABLE sla_clock (
	id UUID NOT NULL,
	instance_id UUID NOT NULL,
	element_key VARCHAR,
	pack VARCHAR NOT NULL,
	code VARCHAR NOT NULL,
	subject VARCHAR NOT NULL,
	unit VARCHAR,
	business_key VARCHAR,
	started_on DATE NOT NULL,
	base_due DATE NOT NULL,
	due DATE NOT NULL,
	paused_on DATE,
	paused_days INTEGER NOT NULL,
	extensions INTEGER NOT NULL,
	urged INTEGER NOT NULL,
	opened_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	closed_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_sla_clock PRIMARY KEY (id),
	CONSTRAINT fk_sla_clock_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);

CREATE INDEX ix_sla_clock_due ON sla_clock (due) WHERE closed_at IS NULL;

CREATE INDEX ix_sla_clock_element ON sla_clock (instance_id, element_key);

CREATE INDEX ix_sla_clock_unit ON sla_clock (unit, closed_at);

CREATE TABLE subscription (
	id UUID NOT NULL,
	kind VARCHAR NOT NULL,
	name VARCHAR NOT NULL,
	correlation_key VARCHAR,
	instance_id UUID,
	definition_id UUID,
	process_id VARCHAR NOT NULL,
	element_key VARCHAR,
	element_id VARCHAR NOT NULL,
	CONSTRAINT pk_subscription PRIMARY KEY (id),
	CONSTRAINT fk_subscription_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id),
	CONSTRAINT fk_subscription_definition_id_definition FOREIGN KEY(definition_id) REFERENCES definition (id)
);

CREATE INDEX ix_subscription_definition_id ON subscription (definition_id);

CREATE INDEX ix_subscription_element ON subscription (instance_id, element_key);

CREATE INDEX ix_subscription_name ON subscription (kind, name, correlation_key);

CREATE TABLE user_task (
	id UUID NOT NULL,
	instance_id UUID NOT NULL,
	definition_id UUID NOT NULL,
	element_key VARCHAR NOT NULL,
	element_id VARCHAR NOT NULL,
	parent_key VARCHAR,
	name VARCHAR NOT NULL,
	lane VARCHAR,
	form_id VARCHAR,
	form_version INTEGER,
	state VARCHAR NOT NULL,
	assignee VARCHAR,
	assignee_name VARCHAR,
	sign_for BOOLEAN NOT NULL,
	signed_at TIMESTAMP WITHOUT TIME ZONE,
	signed_by VARCHAR,
	priority INTEGER NOT NULL,
	created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	due_at TIMESTAMP WITHOUT TIME ZONE,
	follow_up_at TIMESTAMP WITHOUT TIME ZONE,
	closed_at TIMESTAMP WITHOUT TIME ZONE,
	completed_by VARCHAR,
	completed_by_name VARCHAR,
	completed_post VARCHAR,
	completed_unit VARCHAR,
	on_behalf_of VARCHAR,
	opinion VARCHAR,
	submitted JSONB,
	source_id UUID,
	origin VARCHAR NOT NULL,
	origin_note VARCHAR,
	candidates JSONB NOT NULL,
	excluded JSONB NOT NULL,
	properties JSONB NOT NULL,
	headers JSONB NOT NULL,
	local JSONB NOT NULL,
	CONSTRAINT pk_user_task PRIMARY KEY (id),
	CONSTRAINT uq_user_task_instance_id_element_key UNIQUE (instance_id, element_key),
	CONSTRAINT fk_user_task_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id),
	CONSTRAINT fk_user_task_definition_id_definition FOREIGN KEY(definition_id) REFERENCES definition (id)
);

CREATE INDEX ix_user_task_done ON user_task (completed_by, closed_at);

CREATE INDEX ix_user_task_due ON user_task (due_at) WHERE state = 'open';

CREATE INDEX ix_user_task_mine ON user_task (assignee, due_at) WHERE state = 'open';

CREATE INDEX ix_user_task_source ON user_task (source_id);

CREATE TABLE variable (
	instance_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	text VARCHAR,
	number NUMERIC,
	CONSTRAINT pk_variable PRIMARY KEY (instance_id, name),
	CONSTRAINT fk_variable_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);

CREATE INDEX ix_variable_number ON variable (name, number);

CREATE INDEX ix_variable_text ON variable (name, text);

CREATE TABLE draft (
	id UUID NOT NULL,
	login VARCHAR NOT NULL,
	task_id UUID,
	process_id VARCHAR,
	values JSONB NOT NULL,
	saved_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (id),
	CONSTRAINT uq_draft_login_task_id UNIQUE (login, task_id),
	CONSTRAINT uq_draft_login_process_id UNIQUE (login, process_id),
	CONSTRAINT fk_draft_task_id_user_task FOREIGN KEY(task_id) REFERENCES user_task (id)
);

CREATE INDEX ix_draft_task_id ON draft (task_id);

CREATE TABLE read_copy (
	id UUID NOT NULL,
	instance_id UUID NOT NULL,
	task_id UUID,
	login VARCHAR NOT NULL,
	note VARCHAR NOT NULL,
	sent_by VARCHAR NOT NULL,
	sent_by_name VARCHAR NOT NULL,
	sent_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	read_at TIMESTAMP WITHOUT TIME ZONE,
	CONSTRAINT pk_read_copy PRIMARY KEY (id),
	CONSTRAINT fk_read_copy_instance_id_process_instance FOREIGN KEY(instance_id) REFERENCES process_instance (id),
	CONSTRAINT fk_read_copy_task_id_user_task FOREIGN KEY(task_id) REFERENCES user_task (id)
);

CREATE INDEX ix_read_copy_instance ON read_copy (instance_id);

CREATE INDEX ix_read_copy_reader ON read_copy (login, read_at);

CREATE TABLE task_candidate (
	task_id UUID NOT NULL,
	name VARCHAR NOT NULL,
	CONSTRAINT pk_task_candidate PRIMARY KEY (task_id, name),
	CONSTRAINT fk_task_candidate_task_id_user_task FOREIGN KEY(task_id) REFERENCES user_task (id)
);

CREATE INDEX ix_task_candidate_name ON task_candidate (name, task_id);

CREATE TABLE urging (
	id UUID NOT NULL,
	task_id UUID NOT NULL,
	at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
	by VARCHAR NOT NULL,
	by_name VARCHAR NOT NULL,
	text VARCHAR NOT NULL,
	told JSONB NOT NULL,
	CONSTRAINT pk_urging PRIMARY KEY (id),
	CONSTRAINT fk_urging_task_id_user_task FOREIGN KEY(task_id) REFERENCES user_task (id)
);

CREATE INDEX ix_urging_task ON urging (task_id, at);
