#include "core/store/migrations.h"

namespace circuitloom {

namespace {

// Comments inside the statements are kept in the file, so that `.schema` in the sqlite3 shell
// explains every column.
constexpr const char* version_1 = R"sql(
CREATE TABLE graph (
    graph_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,               -- full, or paper (without input and logits)
    layers INTEGER NOT NULL,
    heads INTEGER NOT NULL,           -- attention heads per layer
    kv_heads INTEGER NOT NULL,        -- key/value heads per layer
    mlp_width INTEGER NOT NULL,       -- neurons per MLP
    mlp_group_size INTEGER NOT NULL,  -- neurons per MLP node; 0: the whole MLP is one node
    UNIQUE (kind, layers, heads, kv_heads, mlp_width, mlp_group_size)
);
CREATE TABLE node (
    graph_id INTEGER NOT NULL REFERENCES graph ON DELETE CASCADE,
    node INTEGER NOT NULL,            -- from 0; nodes that write come first
    name TEXT NOT NULL,               -- as in a2.h4, a2.h4<q>, m0.g3, input, logits
    side TEXT NOT NULL,               -- upstream: writes to the residual stream; downstream: reads
    layer INTEGER NOT NULL,           -- -1 for input and logits
    PRIMARY KEY (graph_id, node)
) WITHOUT ROWID;
CREATE TABLE edge (
    graph_id INTEGER NOT NULL REFERENCES graph ON DELETE CASCADE,
    edge INTEGER NOT NULL,            -- from 0
    source INTEGER NOT NULL,          -- node that writes
    target INTEGER NOT NULL,          -- node that reads
    PRIMARY KEY (graph_id, edge)
) WITHOUT ROWID;
CREATE TABLE run (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    method TEXT NOT NULL,             -- circuit, full, random
    configuration TEXT NOT NULL,      -- JSON
    model TEXT NOT NULL,              -- as the user named it
    model_fingerprint TEXT NOT NULL,  -- hash of configuration and weights
    software TEXT NOT NULL,           -- JSON: versions, device, threads
    seed TEXT NOT NULL,               -- unsigned 64-bit, in decimal
    steps INTEGER NOT NULL,           -- planned optimizer steps
    top_n INTEGER NOT NULL,           -- edges in a circuit; 0: the method has none
    parameters INTEGER NOT NULL,      -- entries of the whole model
    graph_id INTEGER NOT NULL REFERENCES graph,
    created INTEGER NOT NULL,         -- seconds since 1970-01-01 UTC
    ended INTEGER,                    -- likewise; NULL until it ended
    state TEXT NOT NULL,              -- running, paused, finished, stopped, failed
    message TEXT NOT NULL,            -- why it failed or stopped
    writer_process INTEGER NOT NULL,  -- process id of the writer; running, but no such process on
    writer_started INTEGER NOT NULL,  -- this boot with this start time (clock ticks since boot):
    writer_boot TEXT NOT NULL         -- the run was interrupted
);
CREATE TABLE iteration (
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    iteration INTEGER NOT NULL,       -- number of the discovery, from 0
    step INTEGER NOT NULL,            -- optimizer steps taken before it
    loss REAL,                        -- of its batch, nats per token; NULL: not a number
    metric REAL,                      -- of its batch; NULL: not a number
    tunable_ratio REAL NOT NULL,      -- trainable entries / all entries
    tunable_count INTEGER NOT NULL,   -- trainable entries
    edges INTEGER NOT NULL,           -- size of the circuit
    entered INTEGER NOT NULL,         -- edges the previous circuit did not have
    seconds REAL NOT NULL,            -- wall time since the previous iteration
    PRIMARY KEY (run_id, iteration)
) WITHOUT ROWID;
CREATE TABLE circuit_edge (
    run_id INTEGER NOT NULL,
    iteration INTEGER NOT NULL,
    edge INTEGER NOT NULL,            -- in the catalogue of the run's graph
    score REAL NOT NULL,              -- positive: keeping the edge raises the metric
    PRIMARY KEY (run_id, iteration, edge),
    FOREIGN KEY (run_id, iteration) REFERENCES iteration ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE step (
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,            -- optimizer step, from 1
    loss REAL,                        -- nats per token; NULL: not a number
    metric REAL,                      -- NULL: not a number
    learning_rate REAL NOT NULL,
    PRIMARY KEY (run_id, step)
) WITHOUT ROWID;
CREATE TABLE evaluation (
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,            -- optimizer steps taken before it
    suite TEXT NOT NULL,              -- as in was/were
    measure TEXT NOT NULL,            -- accuracy (0 to 1), perplexity, logit-diff
    value REAL,                       -- NULL: not a number
    items INTEGER NOT NULL,           -- how many it was measured on
    PRIMARY KEY (run_id, step, suite, measure)
) WITHOUT ROWID;
CREATE TABLE mark (
    mark_id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    kind TEXT NOT NULL,               -- reached, note
    label TEXT NOT NULL
);
CREATE INDEX mark_of_run ON mark (run_id, step);

-- For people: circuits by name, strongest edge first, as in
-- SELECT * FROM circuit WHERE run_id = 1 AND iteration = 0;
CREATE VIEW circuit AS
    SELECT run.run_id, run.name AS run, iteration.iteration, iteration.step,
           source.name AS source, target.name AS target, circuit_edge.score
    FROM circuit_edge
    JOIN iteration USING (run_id, iteration)
    JOIN run USING (run_id)
    JOIN edge ON edge.graph_id = run.graph_id AND edge.edge = circuit_edge.edge
    JOIN node AS source ON source.graph_id = run.graph_id AND source.node = edge.source
    JOIN node AS target ON target.graph_id = run.graph_id AND target.node = edge.target
    ORDER BY run.run_id, iteration.iteration, abs(circuit_edge.score) DESC, circuit_edge.edge;
CREATE VIEW run_overview AS
    SELECT run_id, name, method, model, state, datetime(created, 'unixepoch') AS created_utc,
           datetime(ended, 'unixepoch') AS ended_utc, steps AS planned_steps,
           (SELECT count(*) FROM step WHERE step.run_id = run.run_id) AS steps_done,
           (SELECT count(*) FROM iteration WHERE iteration.run_id = run.run_id) AS iterations,
           (SELECT avg(tunable_ratio) FROM iteration WHERE iteration.run_id = run.run_id)
               AS mean_tunable_ratio
    FROM run;
CREATE VIEW capability AS
    SELECT evaluation.run_id, run.name AS run, suite, measure, step, value,
           value - first_value(value) OVER
               (PARTITION BY evaluation.run_id, suite, measure ORDER BY step) AS change, items
    FROM evaluation JOIN run USING (run_id);
)sql";

// A graph of parallel blocks is another than that of the same sizes without. SQLite cannot alter a
// UNIQUE constraint, so the table is written anew; the tables that refer to it do so by its name.
constexpr const char* version_2 = R"sql(
CREATE TABLE new_graph (
    graph_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,               -- full, or paper (without input and logits)
    layers INTEGER NOT NULL,
    heads INTEGER NOT NULL,           -- attention heads per layer
    kv_heads INTEGER NOT NULL,        -- key/value heads per layer
    mlp_width INTEGER NOT NULL,       -- neurons per MLP
    mlp_group_size INTEGER NOT NULL,  -- neurons per MLP node; 0: the whole MLP is one node
    parallel INTEGER NOT NULL,        -- 1: an MLP does not read the heads of its own layer
    UNIQUE (kind, layers, heads, kv_heads, mlp_width, mlp_group_size, parallel)
);
INSERT INTO new_graph SELECT graph_id, kind, layers, heads, kv_heads, mlp_width, mlp_group_size, 0
    FROM graph;
DROP TABLE graph;
ALTER TABLE new_graph RENAME TO graph;
)sql";

// Each edge of a circuit repeats the number of its iteration, so that number is a small one of the
// whole file now. Then checkpoints, notes and reference circuits. Views name the tables that are
// written anew, so they go first and come back last.
constexpr const char* version_3 = R"sql(
DROP VIEW circuit;
DROP VIEW run_overview;
DROP VIEW capability;
CREATE TABLE new_iteration (
    iteration_id INTEGER PRIMARY KEY, -- in this file
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    iteration INTEGER NOT NULL,       -- number of the discovery, from 0
    step INTEGER NOT NULL,            -- optimizer steps taken before it
    loss REAL,                        -- of its batch, nats per token; NULL: not a number
    metric REAL,                      -- of its batch; NULL: not a number
    tunable_ratio REAL NOT NULL,      -- trainable entries / all entries
    tunable_count INTEGER NOT NULL,   -- trainable entries
    edges INTEGER NOT NULL,           -- size of the circuit
    entered INTEGER NOT NULL,         -- edges the previous circuit did not have
    seconds REAL NOT NULL,            -- wall time since the previous iteration
    UNIQUE (run_id, iteration)
);
INSERT INTO new_iteration (run_id, iteration, step, loss, metric, tunable_ratio, tunable_count,
    edges, entered, seconds)
    SELECT run_id, iteration, step, loss, metric, tunable_ratio, tunable_count, edges, entered,
        seconds FROM iteration ORDER BY run_id, iteration;
CREATE TABLE new_circuit_edge (
    iteration_id INTEGER NOT NULL REFERENCES iteration ON DELETE CASCADE,
    edge INTEGER NOT NULL,            -- in the catalogue of the run's graph
    score REAL NOT NULL,              -- positive: keeping the edge raises the metric
    PRIMARY KEY (iteration_id, edge)
) WITHOUT ROWID;
INSERT INTO new_circuit_edge (iteration_id, edge, score)
    SELECT new_iteration.iteration_id, circuit_edge.edge, circuit_edge.score
    FROM new_iteration JOIN circuit_edge USING (run_id, iteration)
    ORDER BY new_iteration.iteration_id, circuit_edge.edge;
DROP TABLE circuit_edge;
DROP TABLE iteration;
ALTER TABLE new_iteration RENAME TO iteration;
ALTER TABLE new_circuit_edge RENAME TO circuit_edge;
ALTER TABLE run ADD COLUMN notes TEXT NOT NULL DEFAULT '';
CREATE TABLE reference_edge (         -- the opposite task's circuit before the first update
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    edge INTEGER NOT NULL,            -- in the catalogue of the run's graph
    score REAL NOT NULL,
    PRIMARY KEY (run_id, edge)
) WITHOUT ROWID;
CREATE TABLE checkpoint (             -- states from which a run goes on
    checkpoint_id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,            -- optimizer steps taken before it
    iterations INTEGER NOT NULL,      -- discoveries stored before it
    reason TEXT NOT NULL,             -- every, pause, stop, end, best
    bytes INTEGER NOT NULL,           -- of its tensors
    created INTEGER NOT NULL,         -- seconds since 1970-01-01 UTC
    state TEXT NOT NULL               -- JSON: all that is no tensor
);
CREATE INDEX checkpoint_of_run ON checkpoint (run_id, step);
CREATE TABLE checkpoint_tensor (
    tensor_id INTEGER PRIMARY KEY,
    checkpoint_id INTEGER NOT NULL REFERENCES checkpoint ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,               -- as in safetensors: F32, BF16, I64, …
    shape TEXT NOT NULL,              -- JSON, as in [768, 64]
    UNIQUE (checkpoint_id, name)
);
CREATE TABLE checkpoint_data (
    tensor_id INTEGER NOT NULL REFERENCES checkpoint_tensor ON DELETE CASCADE,
    part INTEGER NOT NULL,            -- from 0; together they are the tensor, row-major
    bytes BLOB NOT NULL,              -- little-endian, at most 4 MiB
    PRIMARY KEY (tensor_id, part)
);

-- For people: circuits by name, strongest edge first, as in
-- SELECT * FROM circuit WHERE run_id = 1 AND iteration = 0;
CREATE VIEW circuit AS
    SELECT run.run_id, run.name AS run, iteration.iteration, iteration.step,
           source.name AS source, target.name AS target, circuit_edge.score
    FROM iteration
    JOIN run USING (run_id)
    CROSS JOIN circuit_edge USING (iteration_id) -- CROSS: in this order
    CROSS JOIN edge ON edge.graph_id = run.graph_id AND edge.edge = circuit_edge.edge
    JOIN node AS source ON source.graph_id = run.graph_id AND source.node = edge.source
    JOIN node AS target ON target.graph_id = run.graph_id AND target.node = edge.target
    ORDER BY run.run_id, iteration.iteration, abs(circuit_edge.score) DESC, circuit_edge.edge;
CREATE VIEW run_overview AS
    SELECT run_id, name, method, model, state, datetime(created, 'unixepoch') AS created_utc,
           datetime(ended, 'unixepoch') AS ended_utc, steps AS planned_steps,
           (SELECT count(*) FROM step WHERE step.run_id = run.run_id) AS steps_done,
           (SELECT count(*) FROM iteration WHERE iteration.run_id = run.run_id) AS iterations,
           (SELECT avg(tunable_ratio) FROM iteration WHERE iteration.run_id = run.run_id)
               AS mean_tunable_ratio, notes
    FROM run;
CREATE VIEW capability AS
    SELECT evaluation.run_id, run.name AS run, suite, measure, step, value,
           value - first_value(value) OVER
               (PARTITION BY evaluation.run_id, suite, measure ORDER BY step) AS change, items
    FROM evaluation JOIN run USING (run_id);
)sql";

// What the user writes beside the runs. A bookmark keeps its iteration's number, not its row:
// resuming a run takes iterations away and makes them again.
constexpr const char* version_4 = R"sql(
CREATE TABLE bookmark (               -- iterations that the user wants to find again
    bookmark_id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    iteration INTEGER NOT NULL,       -- number of the discovery, from 0
    name TEXT NOT NULL,
    note TEXT NOT NULL,               -- may be empty
    created INTEGER NOT NULL          -- seconds since 1970-01-01 UTC
);
CREATE INDEX bookmark_of_run ON bookmark (run_id, iteration);
CREATE TABLE supernode (              -- nodes that the user looks at as one, in whatever run
    supernode_id INTEGER PRIMARY KEY, -- in the order in which they are listed
    name TEXT NOT NULL UNIQUE,
    folded INTEGER NOT NULL           -- 1: drawn as one
);
CREATE TABLE supernode_member (
    supernode_id INTEGER NOT NULL REFERENCES supernode ON DELETE CASCADE,
    place INTEGER NOT NULL,           -- among the members, from 0
    node TEXT NOT NULL,               -- name of a node as drawn, as in a2.h4, m0.g3
    PRIMARY KEY (supernode_id, place),
    UNIQUE (supernode_id, node)
) WITHOUT ROWID;
)sql";

// How the file was looked at when it was left, so that it opens like that again.
constexpr const char* version_5 = R"sql(
CREATE TABLE window_view (
    window_view_id INTEGER PRIMARY KEY CHECK (window_view_id = 1),
    run_id INTEGER NOT NULL,          -- the run that was shown; it may be gone since
    content TEXT NOT NULL             -- JSON, the window's own
);
)sql";

// Checkpoints that take less room.
constexpr const char* version_6 = R"sql(
ALTER TABLE checkpoint ADD COLUMN optimizer INTEGER
    /* 0: without what the optimizer remembers, as the run was finished */ NOT NULL DEFAULT 1;
ALTER TABLE checkpoint_tensor ADD COLUMN encoding TEXT
    /* plain; planes: every part is compressed for itself */ NOT NULL DEFAULT 'plain';
)sql";

// How sure the circuits are, for runs that resample.
constexpr const char* version_7 = R"sql(
CREATE TABLE iteration_certainty (    -- of iterations with circuit.resamples
    iteration_id INTEGER PRIMARY KEY REFERENCES iteration ON DELETE CASCADE,
    resamples INTEGER NOT NULL,       -- of the examples that the edges were scored on
    examples INTEGER NOT NULL,
    blocks INTEGER NOT NULL,          -- drawn in each resample; examples: each is its own block
    stability REAL NOT NULL,          -- mean Jaccard similarity of two resamples' circuits
    stability_by_chance REAL NOT NULL -- that of random circuits of as many edges
);
CREATE TABLE edge_certainty (
    iteration_id INTEGER NOT NULL REFERENCES iteration ON DELETE CASCADE,
    edge INTEGER NOT NULL,            -- of the iteration's circuit
    inclusion REAL NOT NULL,          -- share of the resamples whose circuit has it
    low REAL NOT NULL,                -- 2.5th percentile of its score in the resamples
    high REAL NOT NULL,               -- 97.5th percentile
    PRIMARY KEY (iteration_id, edge)
) WITHOUT ROWID;
)sql";

// How much text a run had been trained on.
constexpr const char* version_8 = R"sql(
ALTER TABLE iteration ADD COLUMN tokens INTEGER
    /* of all batches trained on before it, padding not counted; NULL: not known */ DEFAULT NULL;
)sql";

// Figures that take long to compute are stored one by one, so that what was begun can be gone on with.
constexpr const char* version_9 = R"sql(
CREATE TABLE study (                  -- one question: does it work elsewhere, which change was it
    study_id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    other_run INTEGER NOT NULL,       -- whose models the circuits of run_id are put into; else run_id
    kind TEXT NOT NULL,               -- transfer, graft, swap, cross-ablation
    question TEXT NOT NULL,           -- JSON: all that the figures depend on
    created INTEGER NOT NULL,         -- seconds since 1970-01-01 UTC
    UNIQUE (run_id, other_run, kind, question)
);
CREATE TABLE study_figure (
    study_id INTEGER NOT NULL REFERENCES study ON DELETE CASCADE,
    source INTEGER NOT NULL,          -- transfer: the circuit's iteration; graft: place of the share
                                      -- in the question's list; swap: 0; cross-ablation: place of
                                      -- the task whose circuit is ablated; -1: of the model as it is
    target INTEGER NOT NULL,          -- transfer, swap: the model's iteration; graft: 0;
                                      -- cross-ablation: place of the task that is measured
    series TEXT NOT NULL,             -- model, empty, found, random; of a graft circuit, drift, random
    draw INTEGER NOT NULL,            -- of random, from 0; else 0
    suite TEXT NOT NULL,              -- task, or a suite's name; change: of the parameters
    measure TEXT NOT NULL,            -- as in evaluation; faithfulness; kept, a share of the change
    value REAL,                       -- NULL: cannot be said
    items INTEGER NOT NULL,           -- how many it was measured on
    PRIMARY KEY (study_id, source, target, series, draw, suite, measure)
) WITHOUT ROWID;
)sql";

constexpr const char* scripts[] = { version_1, version_2, version_3, version_4, version_5,
    version_6, version_7, version_8, version_9 };

} // namespace

std::span<const char* const> migrations()
{
    return scripts;
}

} // namespace circuitloom
