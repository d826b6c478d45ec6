#include "store/schemasteps.h"

namespace icebreaker {

/// `send` holds what the log's columns and filters need and stays narrow; bodies live in
/// `request` and `answer`, so that a search over a million rows does not read them.
/// Moments are microseconds, times of day milliseconds since 1970 UTC.
/// `change` grows with every write and tells other processes which rows to look at.
extern const char16_t *const FirstStep = uR"(
CREATE TABLE send (
  id INTEGER PRIMARY KEY, change INTEGER NOT NULL, owner TEXT NOT NULL,
  send_id TEXT NOT NULL UNIQUE, claimed_at INTEGER, profile TEXT NOT NULL, region TEXT NOT NULL,
  url TEXT NOT NULL, lane TEXT NOT NULL, recipient TEXT NOT NULL, agent TEXT NOT NULL,
  template TEXT NOT NULL, locale TEXT NOT NULL, channel TEXT NOT NULL,
  outcome INTEGER, settled_at INTEGER, note TEXT NOT NULL DEFAULT '',
  delivery INTEGER NOT NULL DEFAULT 0, delivery_error TEXT NOT NULL DEFAULT '',
  status INTEGER NOT NULL DEFAULT 0, reason BLOB NOT NULL DEFAULT x'',
  body_capped INTEGER NOT NULL DEFAULT 0,
  problem INTEGER NOT NULL DEFAULT 0, problem_detail TEXT NOT NULL DEFAULT '',
  connecting_us INTEGER, encrypted_us INTEGER, request_sent_us INTEGER, headers_us INTEGER,
  total_us INTEGER NOT NULL DEFAULT 0, reused_connection INTEGER NOT NULL DEFAULT 0,
  retry_after_ms INTEGER);
CREATE INDEX send_change ON send (change);
CREATE INDEX send_outcome ON send (outcome);
CREATE INDEX send_status ON send (status);
CREATE INDEX send_in_flight ON send (owner) WHERE outcome IS NULL;
CREATE TABLE request (id INTEGER PRIMARY KEY REFERENCES send, body BLOB NOT NULL);
CREATE TABLE answer (id INTEGER PRIMARY KEY REFERENCES send, headers BLOB NOT NULL,
  body BLOB NOT NULL);
CREATE TABLE event (
  id INTEGER PRIMARY KEY, send_id TEXT NOT NULL, arrived_at INTEGER, status INTEGER NOT NULL,
  status_text TEXT NOT NULL, event_at INTEGER, message_uuid TEXT NOT NULL,
  error_code TEXT NOT NULL, error_detail TEXT NOT NULL, raw BLOB NOT NULL);
CREATE INDEX event_send ON event (send_id);
CREATE TABLE lane (id TEXT PRIMARY KEY, boot TEXT NOT NULL, next_us INTEGER NOT NULL,
  next_wall_ms INTEGER NOT NULL, span_us INTEGER NOT NULL) WITHOUT ROWID
)";

/// Batches. `send.batch` and `batch_row` name the row that a send is for, `last_send` the
/// newest send of a row. `batch_count` is one short record per batch, kept by triggers in
/// the transaction of whatever changes a row or a send: counting a million rows would take
/// 200 ms at every look. `send_claimed` is for what a lane has done lately.
/// The numbers are those of RowState (1 to 6), Outcome and DeliveryStatus.
extern const char16_t *const SecondStep = uR"(
CREATE TABLE batch (
  id INTEGER PRIMARY KEY, change INTEGER NOT NULL, owner TEXT NOT NULL,
  created_at INTEGER, ended_at INTEGER, state INTEGER NOT NULL, pause INTEGER NOT NULL DEFAULT 0,
  row_count INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL, request BLOB NOT NULL,
  column_names TEXT NOT NULL, profile_id TEXT NOT NULL, profile TEXT NOT NULL,
  region TEXT NOT NULL, base TEXT NOT NULL, lane TEXT NOT NULL, per_second INTEGER NOT NULL,
  ignore_limit INTEGER NOT NULL, built_in_inbox INTEGER NOT NULL);
CREATE INDEX batch_change ON batch (change);
CREATE TABLE batch_row (
  batch INTEGER NOT NULL REFERENCES batch, row INTEGER NOT NULL, state INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, last_send INTEGER REFERENCES send, cells BLOB NOT NULL,
  excluded TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (batch, row)) WITHOUT ROWID;
CREATE INDEX batch_row_state ON batch_row (batch, state);
CREATE TABLE batch_count (
  batch INTEGER PRIMARY KEY REFERENCES batch, waiting INTEGER NOT NULL DEFAULT 0,
  in_flight INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0, unknown INTEGER NOT NULL DEFAULT 0,
  excluded INTEGER NOT NULL DEFAULT 0, rate_limited INTEGER NOT NULL DEFAULT 0,
  submitted INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0);
ALTER TABLE send ADD COLUMN batch INTEGER;
ALTER TABLE send ADD COLUMN batch_row INTEGER;
CREATE INDEX send_batch ON send (batch) WHERE batch IS NOT NULL;
CREATE INDEX send_claimed ON send (claimed_at);
CREATE TRIGGER batch_row_added AFTER INSERT ON batch_row BEGIN
  UPDATE batch_count SET waiting = waiting + (new.state = 1), excluded = excluded + (new.state = 6)
    WHERE batch = new.batch; END;
CREATE TRIGGER batch_row_moved AFTER UPDATE OF state ON batch_row BEGIN
  UPDATE batch_count SET waiting = waiting + (new.state = 1) - (old.state = 1),
    in_flight = in_flight + (new.state = 2) - (old.state = 2),
    accepted = accepted + (new.state = 3) - (old.state = 3),
    refused = refused + (new.state = 4) - (old.state = 4),
    unknown = unknown + (new.state = 5) - (old.state = 5),
    excluded = excluded + (new.state = 6) - (old.state = 6)
    WHERE batch = new.batch; END;
CREATE TRIGGER batch_send_moved AFTER UPDATE OF outcome, delivery ON send
  WHEN new.batch IS NOT NULL BEGIN
  UPDATE batch_count SET
    rate_limited = rate_limited + (new.outcome IS 2) - (old.outcome IS 2),
    submitted = submitted + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery IN (1, 2, 3))
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery IN (1, 2, 3)),
    delivered = delivered + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery IN (2, 3))
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery IN (2, 3)),
    read = read + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery = 3)
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery = 3),
    failed = failed + (ifnull(new.outcome, 0) IN (1, 5) AND new.delivery IN (4, 5, 6))
      - (ifnull(old.outcome, 0) IN (1, 5) AND old.delivery IN (4, 5, 6))
    WHERE batch = new.batch; END
)";

/// What was heard. An event's `send_id` is that of the send that it is tied to, or else what
/// its path named; `path_id` is NULL if that is the same, and otherwise what the path named:
/// '' for an event that came without one. `tied_by` is an EventMatch.
/// `send.delivery` and what follows from it are of exact events only; `guess` is what the
/// guessed ones would say. `message` names the sends of each message UUID that came to a
/// send's own address, or was tied by hand. `event_count` is one row, kept by triggers.
extern const char16_t *const ThirdStep = uR"(
ALTER TABLE event ADD COLUMN path_id TEXT;
ALTER TABLE event ADD COLUMN tied_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN source INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN price TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN conversation_id TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN conversation_origin TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN internal_uuid TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN meta_code TEXT NOT NULL DEFAULT '';
ALTER TABLE send ADD COLUMN delivery_match INTEGER NOT NULL DEFAULT 0;
ALTER TABLE send ADD COLUMN delivery_meta TEXT NOT NULL DEFAULT '';
ALTER TABLE send ADD COLUMN submitted_at INTEGER;
ALTER TABLE send ADD COLUMN delivered_at INTEGER;
ALTER TABLE send ADD COLUMN read_at INTEGER;
ALTER TABLE send ADD COLUMN failed_at INTEGER;
ALTER TABLE send ADD COLUMN guess INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN delivery_wait_ms INTEGER NOT NULL DEFAULT 86400000;
ALTER TABLE batch ADD COLUMN delivery_ended_at INTEGER;
ALTER TABLE batch ADD COLUMN delivery_end INTEGER NOT NULL DEFAULT 0;
CREATE TABLE conversation (id INTEGER PRIMARY KEY REFERENCES send, kept BLOB NOT NULL);
CREATE TABLE message (uuid TEXT NOT NULL, send INTEGER NOT NULL REFERENCES send,
  PRIMARY KEY (uuid, send)) WITHOUT ROWID;
CREATE TABLE event_count (id INTEGER PRIMARY KEY, unmatched INTEGER NOT NULL,
  version INTEGER NOT NULL)
)";

extern const char16_t *const ThirdStepAfterReading = uR"(
INSERT INTO event_count SELECT 1, count(*), 0 FROM event WHERE tied_by = 0;
CREATE TRIGGER event_added AFTER INSERT ON event WHEN new.tied_by = 0 BEGIN
  UPDATE event_count SET unmatched = unmatched + 1, version = version + 1; END;
CREATE TRIGGER event_moved AFTER UPDATE OF tied_by ON event
  WHEN (new.tied_by = 0) <> (old.tied_by = 0) BEGIN
  UPDATE event_count SET version = version + 1,
    unmatched = unmatched + (new.tied_by = 0) - (old.tied_by = 0); END;
CREATE INDEX event_unmatched ON event (tied_by) WHERE tied_by = 0;
CREATE INDEX event_path ON event (path_id) WHERE path_id > '';
CREATE INDEX event_loose ON event (message_uuid) WHERE path_id = '';
CREATE INDEX event_loose_internal ON event (internal_uuid) WHERE path_id = '';
INSERT INTO message SELECT e.message_uuid, s.id FROM event e JOIN send s ON s.send_id = e.send_id
  WHERE e.tied_by = 1 AND e.message_uuid <> ''
  UNION SELECT e.internal_uuid, s.id FROM event e JOIN send s ON s.send_id = e.send_id
  WHERE e.tied_by = 1 AND e.internal_uuid <> '';
UPDATE send SET delivery_match = 1, submitted_at = e.submitted, delivered_at = e.delivered,
    read_at = e.read, failed_at = CASE delivery WHEN 4 THEN e.rejected WHEN 5 THEN e.undeliverable
    WHEN 6 THEN e.failed END, delivery_meta = CASE WHEN delivery IN (4, 5, 6) THEN e.meta ELSE ''
    END
  FROM (SELECT send_id,
      min(CASE status WHEN 1 THEN at END) AS submitted,
      min(CASE status WHEN 2 THEN at END) AS delivered, min(CASE status WHEN 3 THEN at END) AS read,
      min(CASE status WHEN 4 THEN at END) AS rejected,
      min(CASE status WHEN 5 THEN at END) AS undeliverable,
      min(CASE status WHEN 6 THEN at END) AS failed,
      ifnull(max(CASE WHEN status IN (4, 5, 6) THEN meta_code END), '') AS meta
    FROM (SELECT send_id, status, meta_code,
        min(ifnull(event_at, arrived_at), ifnull(arrived_at, event_at)) AS at FROM event)
    GROUP BY send_id) AS e
  WHERE send.send_id = e.send_id AND send.delivery <> 0;
UPDATE batch SET delivery_end = 1, delivery_ended_at = max(ended_at, ifnull((SELECT
    max(ifnull(s.delivered_at, ifnull(s.read_at, s.failed_at))) FROM send s
    WHERE s.batch = batch.id), 0))
  WHERE state IN (4, 5) AND EXISTS (SELECT 1 FROM batch_count c WHERE c.batch = batch.id
    AND c.in_flight + c.accepted + c.unknown <= c.delivered + c.failed);
CREATE INDEX send_delivery ON send (delivery);
CREATE INDEX send_guessed ON send (delivery) WHERE guess > 0;
CREATE INDEX send_number ON send (ltrim(replace(replace(replace(replace(replace(replace(recipient,
  '+', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '0'), claimed_at)
)";

/// What the connections showed. Sends over the same server and certificate share one row of
/// `connection_facts`, which `connection.kept` names as {"facts":ID}.
/// `history` is one row: what a deletion must not make forgotten. `identity` tells this journal
/// from any other, for the search index beside it; `last_row` and `last_change` are the highest that there were when
/// something was deleted, `deletions` counts, and `scrub` says that the file may hold bytes of
/// what was deleted where nothing overwrites them. `purge` names the parts of the search index
/// (row / 50000) that hold deleted sends; `version` grows with each deletion. Up to its row
/// `wiped_to` a batch's cells went when history was kept for so long only.
extern const char16_t *const FourthStep = uR"(
CREATE TABLE connection (id INTEGER PRIMARY KEY REFERENCES send, kept BLOB NOT NULL);
CREATE TABLE connection_facts (id INTEGER PRIMARY KEY, kept BLOB NOT NULL UNIQUE);
CREATE TABLE history (id INTEGER PRIMARY KEY, identity BLOB NOT NULL, last_row INTEGER NOT NULL,
  last_change INTEGER NOT NULL, deletions INTEGER NOT NULL, scrub INTEGER NOT NULL);
INSERT INTO history VALUES (1, randomblob(16), 0, 0, 0, 0);
CREATE TABLE purge (shard INTEGER PRIMARY KEY, version INTEGER NOT NULL);
ALTER TABLE batch ADD COLUMN wiped_to INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER event_removed AFTER DELETE ON event WHEN old.tied_by = 0 BEGIN
  UPDATE event_count SET unmatched = unmatched - 1, version = version + 1; END
)";

} // namespace icebreaker
