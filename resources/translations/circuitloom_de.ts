<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AblatePanel</name>
    <message>
        <source>The stored scores estimate no change of this metric.</source>
        <translation>Die gespeicherten Scores schätzen keine Änderung dieser Metrik.</translation>
    </message>
    <message>
        <source>%1 expected from the stored scores: %2 (%3).</source>
        <translation>%1 nach den gespeicherten Scores erwartet: %2 (%3).</translation>
    </message>
    <message numerus="yes">
        <source>All %n edge(s) switched off has/have a score.</source>
        <translation>
            <numerusform>Die eine ausgeschaltete Kante hat einen Score.</numerusform>
            <numerusform>Alle %n ausgeschalteten Kanten haben einen Score.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of the %2 edges switched off are in the stored circuit; the other %3 have no stored score.</source>
        <translation>%1 der %2 ausgeschalteten Kanten sind im gespeicherten Schaltkreis; die anderen %3 haben keinen gespeicherten Score.</translation>
    </message>
    <message>
        <source>Suites are left out: they have no corrupted prompts.</source>
        <translation>Fähigkeitstests fehlen: Sie haben keine verfälschten Prompts.</translation>
    </message>
    <message>
        <source>1 example is left out: %1</source>
        <translation>1 Beispiel fehlt: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) is/are left out; the first: %1</source>
        <translation>
            <numerusform>%n Beispiel fehlt; das erste: %1</numerusform>
            <numerusform>%n Beispiele fehlen; das erste: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>About Circuitloom</source>
        <translation>Über Circuitloom</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Circuitloom %1&lt;/h3&gt;&lt;p&gt;Watch a language model learn, edge by edge.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Circuitloom %1&lt;/h3&gt;&lt;p&gt;Einem Sprachmodell beim Lernen zusehen, Kante für Kante.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Qt %1 · QCustomPlot 2.1 · SQLite · LibTorch&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. It comes without any warranty.&lt;/p&gt;&lt;p&gt;Method: “Fine-Tuning is Subgraph Search”, arXiv 2502.06106.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Qt %1 · QCustomPlot 2.1 · SQLite · LibTorch&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Ohne jede Gewährleistung.&lt;/p&gt;&lt;p&gt;Methode: „Fine-Tuning is Subgraph Search“, arXiv 2502.06106.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>AccessibleNode</name>
    <message>
        <source>in the circuit shown</source>
        <translation>im gezeigten Schaltkreis</translation>
    </message>
    <message>
        <source>not in the circuit shown</source>
        <translation>nicht im gezeigten Schaltkreis</translation>
    </message>
</context>
<context>
    <name>AccessibleTimeline</name>
    <message>
        <source>no iterations yet</source>
        <translation>noch keine Iterationen</translation>
    </message>
    <message>
        <source>iteration %1 of %2, step %3</source>
        <translation>Iteration %1 von %2, Schritt %3</translation>
    </message>
</context>
<context>
    <name>CircuitDrawing</name>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
</context>
<context>
    <name>CircuitLegend</name>
    <message>
        <source>√ |score|</source>
        <translation>√ |Score|</translation>
    </message>
    <message>
        <source>|score|</source>
        <translation>|Score|</translation>
    </message>
    <message>
        <source>log |score|</source>
        <translation>log |Score|</translation>
    </message>
    <message>
        <source>Σ |score|</source>
        <translation>Σ |Score|</translation>
    </message>
    <message>
        <source>width: %1</source>
        <translation>Breite: %1</translation>
    </message>
    <message>
        <source>width: %1, strongest %2</source>
        <translation>Breite: %1, stärkste %2</translation>
    </message>
    <message>
        <source>not resampled: see circuit.resamples</source>
        <translation>keine Resamples: siehe circuit.resamples</translation>
    </message>
    <message>
        <source>core (≥ %1 %)</source>
        <translation>Kern (≥ %1 %)</translation>
    </message>
    <message>
        <source>contingent</source>
        <translation>bedingt</translation>
    </message>
    <message>
        <source>noise (&lt; %1 %)</source>
        <translation>Rauschen (&lt; %1 %)</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>raises the metric</source>
        <translation>hebt die Metrik</translation>
    </message>
    <message>
        <source>lowers it</source>
        <translation>senkt sie</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>just entered</source>
        <translation>gerade eingetreten</translation>
    </message>
    <message numerus="yes">
        <source>in for %n iteration(s)</source>
        <translation>
            <numerusform>seit %n Iteration dabei</numerusform>
            <numerusform>seit %n Iterationen dabei</numerusform>
        </translation>
    </message>
    <message>
        <source>only in A</source>
        <translation>nur in A</translation>
    </message>
    <message>
        <source>stronger in A</source>
        <translation>stärker in A</translation>
    </message>
    <message>
        <source>stronger in %1</source>
        <translation>stärker in %1</translation>
    </message>
    <message>
        <source>as strong</source>
        <translation>gleich stark</translation>
    </message>
    <message>
        <source>only in %1</source>
        <translation>nur in %1</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>eingetreten</translation>
    </message>
    <message>
        <source>stronger</source>
        <translation>stärker</translation>
    </message>
    <message>
        <source>weaker</source>
        <translation>schwächer</translation>
    </message>
    <message>
        <source>as before</source>
        <translation>wie zuvor</translation>
    </message>
    <message>
        <source>left</source>
        <translation>ausgetreten</translation>
    </message>
</context>
<context>
    <name>CircuitMenu</name>
    <message>
        <source>&amp;Group as a supernode…	G</source>
        <translation>Als Superknoten &amp;gruppieren…	G</translation>
    </message>
    <message>
        <source>Fold “%1”</source>
        <translation>„%1“ einklappen</translation>
    </message>
    <message>
        <source>Unfold “%1”</source>
        <translation>„%1“ ausklappen</translation>
    </message>
    <message>
        <source>Ungroup “%1”</source>
        <translation>Gruppe „%1“ auflösen</translation>
    </message>
    <message>
        <source>Fold &amp;layer %1</source>
        <translation>&amp;Schicht %1 einklappen</translation>
    </message>
    <message>
        <source>Unfold &amp;layer %1</source>
        <translation>&amp;Schicht %1 ausklappen</translation>
    </message>
    <message>
        <source>Fold the &amp;MLP groups of layer %1</source>
        <translation>&amp;MLP-Gruppen der Schicht %1 einklappen</translation>
    </message>
    <message>
        <source>Unfold the &amp;MLP groups of layer %1</source>
        <translation>&amp;MLP-Gruppen der Schicht %1 ausklappen</translation>
    </message>
    <message>
        <source>&amp;Isolate its paths	Return</source>
        <translation>Seine Pfa&amp;de isolieren	Eingabe</translation>
    </message>
    <message>
        <source>Un&amp;pin	P</source>
        <translation>A&amp;blösen	P</translation>
    </message>
    <message>
        <source>&amp;Pin	P</source>
        <translation>&amp;Anheften	P</translation>
    </message>
    <message>
        <source>&amp;Hide	H</source>
        <translation>&amp;Verbergen	H</translation>
    </message>
    <message>
        <source>Switch &amp;on	Delete</source>
        <translation>&amp;Einschalten	Entf</translation>
    </message>
    <message>
        <source>Switch &amp;off	Delete</source>
        <translation>Auss&amp;chalten	Entf</translation>
    </message>
    <message>
        <source>&amp;Zoom to it	Z</source>
        <translation>Darauf &amp;zoomen	Z</translation>
    </message>
    <message>
        <source>Show &amp;all	Shift+H</source>
        <translation>Alles ze&amp;igen	Umschalt+H</translation>
    </message>
    <message>
        <source>U&amp;npin everything</source>
        <translation>Alles ab&amp;lösen</translation>
    </message>
    <message>
        <source>Switch e&amp;verything on</source>
        <translation>Alles ei&amp;nschalten</translation>
    </message>
    <message>
        <source>&amp;Fit	F</source>
        <translation>Ein&amp;passen	F</translation>
    </message>
    <message>
        <source>&amp;Undo view change	Ctrl+Z</source>
        <translation>Änderung der Ansicht &amp;rückgängig	Strg+Z</translation>
    </message>
    <message>
        <source>&amp;Redo view change	Ctrl+Shift+Z</source>
        <translation>Änderung der Ansicht &amp;wiederholen	Strg+Umschalt+Z</translation>
    </message>
    <message>
        <source>Group as a supernode</source>
        <translation>Als Superknoten gruppieren</translation>
    </message>
    <message>
        <source>Name for %1:</source>
        <translation>Name für %1:</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>Gruppe %1</translation>
    </message>
    <message>
        <source>Replace the group?</source>
        <translation>Gruppe ersetzen?</translation>
    </message>
    <message>
        <source>There is a group “%1” already.</source>
        <translation>Eine Gruppe „%1“ gibt es schon.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>CircuitSearch</name>
    <message>
        <source>Nothing here is named “%1”. A head is written as a2.h5, an MLP as m0.</source>
        <translation>Nichts heißt hier „%1“. Ein Kopf wird a2.h5 geschrieben, ein MLP m0.</translation>
    </message>
    <message>
        <source>There is no layer %1: the layers of this model are 0 to %2.</source>
        <translation>Es gibt keine Schicht %1: Die Schichten dieses Modells sind 0 bis %2.</translation>
    </message>
    <message>
        <source>There is no head %1: the heads of a layer are 0 to %2.</source>
        <translation>Es gibt keinen Kopf %1: Die Köpfe einer Schicht sind 0 bis %2.</translation>
    </message>
    <message>
        <source>The circuit has no such edge.</source>
        <translation>Der Schaltkreis hat keine solche Kante.</translation>
    </message>
    <message>
        <source>The graph of this run has no node “%1”.</source>
        <translation>Der Graph dieses Laufs hat keinen Knoten „%1“.</translation>
    </message>
</context>
<context>
    <name>CircuitView</name>
    <message>
        <source>No circuit yet</source>
        <translation>Noch kein Schaltkreis</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>in both</source>
        <translation>in beiden</translation>
    </message>
    <message>
        <source>only A</source>
        <translation>nur A</translation>
    </message>
    <message>
        <source>only B</source>
        <translation>nur B</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Rank correlation of shared scores %1, of their sizes %2 (0 by chance); weighted distance %3; %4 of the shared with the other sign.</source>
        <translation>Rangkorrelation der gemeinsamen Scores %1, ihrer Beträge %2 (zufällig 0); gewichteter Abstand %3; %4 der gemeinsamen mit anderem Vorzeichen.</translation>
    </message>
    <message>
        <source>against A</source>
        <translation>gegen A</translation>
    </message>
    <message>
        <source>edges in both</source>
        <translation>Kanten in beiden</translation>
    </message>
    <message>
        <source>edges only in A</source>
        <translation>Kanten nur in A</translation>
    </message>
    <message>
        <source>edges only in it</source>
        <translation>Kanten nur darin</translation>
    </message>
    <message>
        <source>nodes in both</source>
        <translation>Knoten in beiden</translation>
    </message>
    <message>
        <source>nodes only in A</source>
        <translation>Knoten nur in A</translation>
    </message>
    <message>
        <source>nodes only in it</source>
        <translation>Knoten nur darin</translation>
    </message>
    <message>
        <source>Jaccard of nodes</source>
        <translation>Jaccard der Knoten</translation>
    </message>
    <message>
        <source>rank correlation</source>
        <translation>Rangkorrelation</translation>
    </message>
    <message>
        <source>of the scores’ sizes</source>
        <translation>der Beträge der Scores</translation>
    </message>
    <message>
        <source>weighted distance</source>
        <translation>gewichteter Abstand</translation>
    </message>
    <message>
        <source>shared, other sign</source>
        <translation>gemeinsam, anderes Vorzeichen</translation>
    </message>
    <message>
        <source>Jaccard of edges</source>
        <translation>Jaccard der Kanten</translation>
    </message>
    <message>
        <source>Below the diagonal, slanted: what random circuits of as many edges share. Rank correlations are 0 by chance.</source>
        <translation>Unter der Diagonale, kursiv: was zufällige Schaltkreise mit gleich vielen Kanten gemeinsam haben. Rangkorrelationen sind zufällig 0.</translation>
    </message>
    <message>
        <source>%1: %2, iteration %3, step %4</source>
        <translation>%1: %2, Iteration %3, Schritt %4</translation>
    </message>
    <message>
        <source>The run to compare with is not in the file any more.</source>
        <translation>Der Lauf, mit dem verglichen werden soll, ist nicht mehr in der Datei.</translation>
    </message>
    <message>
        <source>“%1” has no circuits.</source>
        <translation>„%1“ hat keine Schaltkreise.</translation>
    </message>
    <message>
        <source>“%1” has no iteration %2; its last is %3.</source>
        <translation>„%1“ hat keine Iteration %2; die letzte ist %3.</translation>
    </message>
    <message>
        <source>“%1” has no circuit at step %2: it begins later or ended before.</source>
        <translation>„%1“ hat keinen Schaltkreis bei Schritt %2: Er beginnt später oder endete vorher.</translation>
    </message>
    <message>
        <source>“%1” has no circuit after as many examples, or one of the runs does not say how many it saw.</source>
        <translation>„%1“ hat keinen Schaltkreis nach ebenso vielen Beispielen, oder einer der Läufe sagt nicht, wie viele er sah.</translation>
    </message>
    <message>
        <source>“%1” has no circuit after as many tokens, or one of the runs does not say how many it saw.</source>
        <translation>„%1“ hat keinen Schaltkreis nach ebenso vielen Tokens, oder einer der Läufe sagt nicht, wie viele er sah.</translation>
    </message>
    <message>
        <source>“%1” never came to so low a loss, or one of the runs does not know its loss.</source>
        <translation>„%1“ kam nie zu einem so kleinen Verlust, oder einer der Läufe kennt seinen Verlust nicht.</translation>
    </message>
    <message>
        <source>“%1” never came as far in the metric, or one of the runs does not know its metric.</source>
        <translation>„%1“ kam in der Metrik nie so weit, oder einer der Läufe kennt seine Metrik nicht.</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>&amp;CSV</source>
        <translation>&amp;CSV</translation>
    </message>
    <message>
        <source>&amp;TSV</source>
        <translation>&amp;TSV</translation>
    </message>
    <message>
        <source>&amp;Markdown</source>
        <translation>&amp;Markdown</translation>
    </message>
    <message>
        <source>&amp;LaTeX</source>
        <translation>&amp;LaTeX</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Logit difference</source>
        <translation>Logit-Differenz</translation>
    </message>
    <message>
        <source>Log-probability</source>
        <translation>Log-Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Probability difference</source>
        <translation>Wahrscheinlichkeitsdifferenz</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL-Divergenz</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Tunable ratio</source>
        <translation>Trainierbar</translation>
    </message>
    <message>
        <source>Tunable parameters</source>
        <translation>Trainierbare Parameter</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Edges entered</source>
        <translation>Eingetretene Kanten</translation>
    </message>
    <message>
        <source>Turnover</source>
        <translation>Umschlag</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>Jaccard of nodes</source>
        <translation>Jaccard der Knoten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Exact next token</source>
        <translation>Genau das nächste Token</translation>
    </message>
    <message>
        <source>Accuracy per byte</source>
        <translation>Genauigkeit je Byte</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Solved (loose rule)</source>
        <translation>Gelöst (lockere Regel)</translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation>Genaue Übereinstimmung</translation>
    </message>
    <message>
        <source>Exact match (loose rule)</source>
        <translation>Genaue Übereinstimmung (lockere Regel)</translation>
    </message>
    <message>
        <source>F1 of the words</source>
        <translation>F1 der Wörter</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>Makro-F1</translation>
    </message>
    <message>
        <source>Macro precision</source>
        <translation>Makro-Präzision</translation>
    </message>
    <message>
        <source>Macro recall</source>
        <translation>Makro-Trefferquote</translation>
    </message>
    <message>
        <source>Macro F1 (loose rule)</source>
        <translation>Makro-F1 (lockere Regel)</translation>
    </message>
    <message>
        <source>Pronoun bias</source>
        <translation>Pronomen-Bias</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>Prefers the target</source>
        <translation>Zieht das Ziel vor</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Distance from the one before</source>
        <translation>Abstand vom vorigen</translation>
    </message>
    <message>
        <source>Position between the ends</source>
        <translation>Lage zwischen den Enden</translation>
    </message>
    <message>
        <source>Entropy of the strengths</source>
        <translation>Entropie der Stärken</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>Nats</translation>
    </message>
    <message>
        <source>Time per step</source>
        <translation>Zeit je Schritt</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Circuit</source>
        <translation>Schaltkreis</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Lora</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Trainingsziel</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Suite</source>
        <translation>Fähigkeitstest</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>Höchstens Tokens</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>Streng</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Discover every</source>
        <translation>Suche alle</translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Vergleichswert</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>Integration steps</source>
        <translation>Integrationsschritte</translation>
    </message>
    <message>
        <source>Integration path</source>
        <translation>Integrationsweg</translation>
    </message>
    <message>
        <source>Integration points</source>
        <translation>Integrationspunkte</translation>
    </message>
    <message>
        <source>Score on</source>
        <translation>Bewerten auf</translation>
    </message>
    <message>
        <source>Probe examples</source>
        <translation>Beispiele der Probe</translation>
    </message>
    <message>
        <source>Resamples</source>
        <translation>Resamples</translation>
    </message>
    <message>
        <source>Smoothing beta1</source>
        <translation>Glättung beta1</translation>
    </message>
    <message>
        <source>Smoothing beta2</source>
        <translation>Glättung beta2</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>By signed score</source>
        <translation>Nach Vorzeichen</translation>
    </message>
    <message>
        <source>Cross layer</source>
        <translation>Über Schichten hinweg</translation>
    </message>
    <message>
        <source>Prune dead</source>
        <translation>Totes entfernen</translation>
    </message>
    <message>
        <source>Train layer0 qkv</source>
        <translation>QKV der Schicht 0 trainieren</translation>
    </message>
    <message>
        <source>Train norms</source>
        <translation>Normen trainieren</translation>
    </message>
    <message>
        <source>Train embeddings</source>
        <translation>Embeddings trainieren</translation>
    </message>
    <message>
        <source>Train unembedding</source>
        <translation>Unembedding trainieren</translation>
    </message>
    <message>
        <source>Random ratio</source>
        <translation>Zufälliger Anteil</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Metric penalty</source>
        <translation>Metrik-Strafe</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Momentum</translation>
    </message>
    <message>
        <source>Beta1</source>
        <translation>Beta1</translation>
    </message>
    <message>
        <source>Beta2</source>
        <translation>Beta2</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Weight Decay</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>Norm kappen</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>Anlauf</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Accumulate</source>
        <translation>Ansammeln</translation>
    </message>
    <message>
        <source>Recompute blocks</source>
        <translation>Blöcke neu berechnen</translation>
    </message>
    <message>
        <source>Offload inputs</source>
        <translation>Eingaben auslagern</translation>
    </message>
    <message>
        <source>Shard blocks</source>
        <translation>Blöcke verteilen</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Auswerten alle</translation>
    </message>
    <message>
        <source>Evaluation items</source>
        <translation>Items je Auswertung</translation>
    </message>
    <message>
        <source>Mark accuracy</source>
        <translation>Genauigkeit für Marke</translation>
    </message>
    <message>
        <source>Bos</source>
        <translation>BOS</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messgröße</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Erreichen</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep best</source>
        <translation>Besten behalten</translation>
    </message>
    <message>
        <source>Keep optimizer</source>
        <translation>Optimierer behalten</translation>
    </message>
    <message>
        <source>Limit mb</source>
        <translation>Höchstens MB</translation>
    </message>
    <message>
        <source>What the run is called in lists and legends.</source>
        <translation>Wie der Lauf in Listen und Legenden heißt.</translation>
    </message>
    <message>
        <source>A sentence about what the run is for.</source>
        <translation>Ein Satz dazu, wozu der Lauf dient.</translation>
    </message>
    <message>
        <source>demo, a model&apos;s directory, a GGUF file, or the id of a model in the Hugging Face cache.</source>
        <translation>demo, das Verzeichnis eines Modells, eine GGUF-Datei oder die ID eines Modells im Hugging-Face-Cache.</translation>
    </message>
    <message>
        <source>Everything random follows from it: the same seed on the same machine gives the same run.</source>
        <translation>Alles Zufällige folgt daraus: Derselbe Seed auf demselben Rechner gibt denselben Lauf.</translation>
    </message>
    <message>
        <source>Where to compute: auto (a GPU where there is one), cpu, cuda or cuda:N.</source>
        <translation>Wo gerechnet wird: auto (eine GPU, wo es eine gibt), cpu, cuda oder cuda:N.</translation>
    </message>
    <message>
        <source>The type of the weights; float32 suits most, bfloat16 halves the memory, float64 is exact and slow.</source>
        <translation>Der Typ der Gewichte; float32 passt meist, bfloat16 halbiert den Speicher, float64 ist genau und langsam.</translation>
    </message>
    <message>
        <source>The task to learn: a task file, a ready-made task or one of the demo&apos;s.</source>
        <translation>Die zu lernende Aufgabe: eine Aufgabendatei, eine fertige Aufgabe oder eine der Demo.</translation>
    </message>
    <message>
        <source>Examples that are never trained on; how often the target is preferred to its alternative, how often it is the likeliest token of all, and the metric are evaluated on them. May be empty.</source>
        <translation>Beispiele, die nie trainiert werden; an ihnen wird ausgewertet, wie oft das Ziel seiner Alternative vorgezogen wird, wie oft es das wahrscheinlichste Token von allen ist, und die Metrik. Darf leer sein.</translation>
    </message>
    <message>
        <source>A task whose circuit in the untouched model is scored once and kept to compare with, such as the opposite of the one learnt. May be empty.</source>
        <translation>Eine Aufgabe, deren Schaltkreis im unberührten Modell einmal bewertet und zum Vergleich behalten wird, etwa das Gegenteil der gelernten. Darf leer sein.</translation>
    </message>
    <message>
        <source>Longer examples are cut to so many tokens.</source>
        <translation>Längere Beispiele werden auf so viele Tokens gekürzt.</translation>
    </message>
    <message>
        <source>Refuses tasks with targets that look like mistakes, as where only one of the two answers begins with a space.</source>
        <translation>Lehnt Aufgaben mit Zielen ab, die nach Fehlern aussehen, etwa wo nur eine der beiden Antworten mit einem Leerzeichen beginnt.</translation>
    </message>
    <message>
        <source>full has every node; paper leaves out input and logits, as the paper&apos;s experiments do.</source>
        <translation>full hat jeden Knoten; paper lässt Eingabe und Logits weg, wie die Experimente des Aufsatzes.</translation>
    </message>
    <message>
        <source>Neurons to an MLP node; 0 makes each MLP one node, of which an edge then opens two thirds of a layer.</source>
        <translation>Neuronen je MLP-Knoten; 0 macht jedes MLP zu einem Knoten, von dem eine Kante dann zwei Drittel einer Schicht öffnet.</translation>
    </message>
    <message>
        <source>What may change in a step.</source>
        <translation>Was sich in einem Schritt ändern darf.</translation>
    </message>
    <message>
        <source>Optimizer steps from one discovery of the circuit to the next.</source>
        <translation>Optimierer-Schritte von einer Suche des Schaltkreises zur nächsten.</translation>
    </message>
    <message>
        <source>How edges are scored.</source>
        <translation>Wie Kanten bewertet werden.</translation>
    </message>
    <message>
        <source>What the scores explain: logit-diff and prob-diff compare target and alternative, log-prob takes the target alone, kl the distance from the untouched model.</source>
        <translation>Was die Scores erklären: logit-diff und prob-diff vergleichen Ziel und Alternative, log-prob nimmt das Ziel allein, kl den Abstand vom unberührten Modell.</translation>
    </message>
    <message>
        <source>What an edge is compared with: the mean over the batch, zero, or the paired corrupted prompt.</source>
        <translation>Womit eine Kante verglichen wird: mit dem Mittel über den Batch, mit null oder mit dem zugehörigen verfälschten Prompt.</translation>
    </message>
    <message>
        <source>Where edges are scored: at the positions that predict a target, or at all.</source>
        <translation>Wo Kanten bewertet werden: an den Positionen, die ein Ziel vorhersagen, oder an allen.</translation>
    </message>
    <message>
        <source>Points that eap-ig takes its mean over.</source>
        <translation>Punkte, über die eap-ig mittelt.</translation>
    </message>
    <message>
        <source>What eap-ig moves from the baseline to the input: inputs moves the embedding, as EAP-IG-inputs; activations what each layer&apos;s heads, MLP and the embedding write, one after another, as EAP-IG-activations; outputs does so too and scores in each pass only the edges out of what moves.</source>
        <translation>Was eap-ig vom Vergleichswert zur Eingabe bewegt: inputs bewegt das Embedding, wie EAP-IG-inputs; activations, was Köpfe und MLP jeder Schicht und das Embedding schreiben, eins nach dem anderen, wie EAP-IG-activations; outputs ebenso und bewertet in jedem Durchgang nur die Kanten aus dem, was sich bewegt.</translation>
    </message>
    <message>
        <source>Which points k/m of the way eap-ig takes: left is k = 0 to m-1, right is k = 1 to m; eap-ig is left with the path inputs and right with the others, as EAP-IG has it.</source>
        <translation>Welche Punkte k/m des Wegs eap-ig nimmt: left ist k = 0 bis m-1, right ist k = 1 bis m; eap-ig ist left mit dem Weg inputs und right mit den anderen, wie bei EAP-IG.</translation>
    </message>
    <message>
        <source>What edges are scored on: batch is the step&apos;s own examples, as in the paper; probe is the same examples at every iteration, so that what changes is the model alone, and needs passes of its own.</source>
        <translation>Worauf Kanten bewertet werden: batch sind die eigenen Beispiele des Schritts, wie im Aufsatz; probe sind dieselben Beispiele bei jeder Iteration, sodass sich nur das Modell ändert, und braucht eigene Durchgänge.</translation>
    </message>
    <message>
        <source>How many examples of the task the probe has, drawn once with the seed.</source>
        <translation>Wie viele Beispiele der Aufgabe die Probe hat, einmal mit dem Seed gezogen.</translation>
    </message>
    <message>
        <source>Bootstrap resamples of the scored examples at each discovery, which say how sure each edge of the circuit is; 200 is usual, 0 for none.</source>
        <translation>Bootstrap-Resamples der bewerteten Beispiele bei jeder Suche, die sagen, wie gewiss jede Kante des Schaltkreises ist; 200 ist üblich, 0 für keine.</translation>
    </message>
    <message>
        <source>Above 0, edges are ranked by scores smoothed over the discoveries; near 1 is smoother.</source>
        <translation>Über 0 werden Kanten nach Scores geordnet, die über die Suchen geglättet sind; nahe 1 ist glatter.</translation>
    </message>
    <message>
        <source>How smooth the scores&apos; uncertainty is, which the ranking multiplies with.</source>
        <translation>Wie glatt die Unsicherheit der Scores ist, mit der die Ordnung multipliziert.</translation>
    </message>
    <message>
        <source>How the circuit is chosen: the strongest top_n edges, all over a threshold, or the best edges of the best nodes.</source>
        <translation>Wie der Schaltkreis gewählt wird: die stärksten top_n Kanten, alle über einer Schwelle, oder die besten Kanten der besten Knoten.</translation>
    </message>
    <message>
        <source>N, the edges in a circuit.</source>
        <translation>N, die Kanten eines Schaltkreises.</translation>
    </message>
    <message>
        <source>How N goes from top_n_start to top_n; constant is top_n from the first discovery on.</source>
        <translation>Wie N von top_n_start zu top_n geht; constant ist top_n ab der ersten Suche.</translation>
    </message>
    <message>
        <source>N at the first discovery, where it has a schedule.</source>
        <translation>N bei der ersten Suche, wo es einen Verlauf hat.</translation>
    </message>
    <message>
        <source>Discoveries until N has reached top_n, where it has a schedule.</source>
        <translation>Suchen, bis N top_n erreicht hat, wo es einen Verlauf hat.</translation>
    </message>
    <message>
        <source>The least strength of an edge, for the rule threshold.</source>
        <translation>Die kleinste Stärke einer Kante, für die Regel threshold.</translation>
    </message>
    <message>
        <source>Rank by the score itself, so that edges which lower the metric come last, instead of by its size.</source>
        <translation>Nach dem Score selbst ordnen, sodass Kanten, die die Metrik senken, zuletzt kommen, statt nach dem Betrag.</translation>
    </message>
    <message>
        <source>Whether edges may run from one layer to another.</source>
        <translation>Ob Kanten von einer Schicht zu einer anderen laufen dürfen.</translation>
    </message>
    <message>
        <source>Drop edges that no path from input to logits uses.</source>
        <translation>Kanten weglassen, die kein Pfad von der Eingabe zu den Logits benutzt.</translation>
    </message>
    <message>
        <source>In the paper&apos;s graph, let the first layer&apos;s q, k and v train always: no edge reaches them.</source>
        <translation>Im Graphen des Aufsatzes q, k und v der ersten Schicht immer trainieren: Keine Kante erreicht sie.</translation>
    </message>
    <message>
        <source>Let the norms train as well.</source>
        <translation>Auch die Normen trainieren.</translation>
    </message>
    <message>
        <source>Let the token and position embeddings train as well.</source>
        <translation>Auch die Token- und Positions-Embeddings trainieren.</translation>
    </message>
    <message>
        <source>Let the unembedding train as well; in a model that ties it, this is the token embedding.</source>
        <translation>Auch das Unembedding trainieren; in einem Modell, das es koppelt, ist das das Token-Embedding.</translation>
    </message>
    <message>
        <source>A control: this share of the nodes outside the first circuit, drawn once, may train too.</source>
        <translation>Eine Kontrolle: Dieser Anteil der Knoten außerhalb des ersten Schaltkreises, einmal gezogen, darf mittrainieren.</translation>
    </message>
    <message>
        <source>Which share of the entries of the blocks&apos; matrices trains, for the methods that choose single entries.</source>
        <translation>Welcher Anteil der Einträge der Matrizen in den Blöcken trainiert, für die Methoden, die einzelne Einträge wählen.</translation>
    </message>
    <message>
        <source>How many examples of the task, drawn with the seed, decide which entries those are, for the methods gradient, fisher, snip and taylor.</source>
        <translation>Wie viele Beispiele der Aufgabe, mit dem Seed gezogen, entscheiden, welche Einträge das sind, für die Methoden gradient, fisher, snip und taylor.</translation>
    </message>
    <message>
        <source>The rank of each addition, for the method lora.</source>
        <translation>Der Rang jedes Zusatzes, für die Methode lora.</translation>
    </message>
    <message>
        <source>The additions count alpha / rank times.</source>
        <translation>Die Zusätze zählen alpha / rank mal.</translation>
    </message>
    <message>
        <source>Which matrices get an addition: any of q,k,v,o,mlp.</source>
        <translation>Welche Matrizen einen Zusatz bekommen: beliebige aus q,k,v,o,mlp.</translation>
    </message>
    <message>
        <source>The learning rate of the method lora, which usually needs a larger one; 0 takes optimizer.learning_rate.</source>
        <translation>Die Lernrate der Methode lora, die meist eine größere braucht; 0 nimmt optimizer.learning_rate.</translation>
    </message>
    <message>
        <source>standard learns the whole text, weighted gives each target token the weight 1/p, target-only learns the target tokens alone.</source>
        <translation>standard lernt den ganzen Text, weighted gibt jedem Ziel-Token das Gewicht 1/p, target-only lernt nur die Ziel-Tokens.</translation>
    </message>
    <message>
        <source>The weight of the metric&apos;s size in the loss; it drives a preference to zero, as de-biasing wants.</source>
        <translation>Das Gewicht des Betrags der Metrik im Verlust; es treibt eine Vorliebe gegen null, wie es das Entfernen von Bias will.</translation>
    </message>
    <message>
        <source>sgd with momentum, as in the paper, or adamw.</source>
        <translation>sgd mit Momentum, wie im Aufsatz, oder adamw.</translation>
    </message>
    <message>
        <source>The step size after the warm-up.</source>
        <translation>Die Schrittweite nach dem Anlauf.</translation>
    </message>
    <message>
        <source>How much of its last update sgd keeps.</source>
        <translation>Wie viel von seinem letzten Update sgd behält.</translation>
    </message>
    <message>
        <source>How slowly adamw&apos;s mean gradient changes.</source>
        <translation>Wie langsam sich der mittlere Gradient von adamw ändert.</translation>
    </message>
    <message>
        <source>How slowly adamw&apos;s mean squared gradient changes.</source>
        <translation>Wie langsam sich der mittlere quadrierte Gradient von adamw ändert.</translation>
    </message>
    <message>
        <source>What adamw adds to its divisor.</source>
        <translation>Was adamw seinem Divisor hinzufügt.</translation>
    </message>
    <message>
        <source>How strongly what trains is drawn to zero.</source>
        <translation>Wie stark das Trainierte zu null gezogen wird.</translation>
    </message>
    <message>
        <source>A gradient longer than this is shortened to it; 0 clips nothing.</source>
        <translation>Ein längerer Gradient wird auf diese Länge gekürzt; 0 kürzt nichts.</translation>
    </message>
    <message>
        <source>Steps over which the learning rate rises from 0.</source>
        <translation>Schritte, über die die Lernrate von 0 steigt.</translation>
    </message>
    <message>
        <source>What the learning rate does after the warm-up: stay, or fall to 0 in a line or half a cosine.</source>
        <translation>Was die Lernrate nach dem Anlauf tut: bleiben, oder in einer Geraden oder einem halben Kosinus auf 0 fallen.</translation>
    </message>
    <message>
        <source>Optimizer steps; where run.epochs is above 0, that counts instead.</source>
        <translation>Optimierer-Schritte; wo run.epochs über 0 ist, zählt das stattdessen.</translation>
    </message>
    <message>
        <source>How often every example is seen; 0 lets run.steps count.</source>
        <translation>Wie oft jedes Beispiel gesehen wird; 0 lässt run.steps zählen.</translation>
    </message>
    <message>
        <source>Examples computed at a time.</source>
        <translation>Auf einmal berechnete Beispiele.</translation>
    </message>
    <message>
        <source>Batches whose gradients make one optimizer step: as a batch so many times as large, in the memory of one.</source>
        <translation>Batches, deren Gradienten einen Optimierer-Schritt machen: wie ein so viel mal größerer Batch, im Speicher von einem.</translation>
    </message>
    <message>
        <source>Keep only the input of each block for the backward pass and compute the block anew there: the activations of one block at a time, for one more forward pass. Weights and circuits stay the same but for rounding, since edges are scored in smaller batches.</source>
        <translation>Nur die Eingabe jedes Blocks für den Rückwärtsgang behalten und den Block dort neu berechnen: die Aktivierungen eines Blocks auf einmal, für einen Vorwärtsgang mehr. Gewichte und Schaltkreise bleiben bis auf Rundung gleich, da Kanten in kleineren Batches bewertet werden.</translation>
    </message>
    <message>
        <source>With run.recompute_blocks: these inputs wait in the main memory, not on the card.</source>
        <translation>Mit run.recompute_blocks: Diese Eingaben warten im Hauptspeicher, nicht auf der Karte.</translation>
    </message>
    <message>
        <source>With run.recompute_blocks, in a run of several processes: each keeps the weights of its part of the blocks alone, and the others get a block from it while they pass it. For models that do not fit one card.</source>
        <translation>Mit run.recompute_blocks, in einem Lauf aus mehreren Prozessen: Jeder behält nur die Gewichte seines Teils der Blöcke, und die anderen bekommen einen Block von ihm, während sie ihn durchlaufen. Für Modelle, die nicht auf eine Karte passen.</translation>
    </message>
    <message>
        <source>Steps between evaluations; 0 for none.</source>
        <translation>Schritte zwischen Auswertungen; 0 für keine.</translation>
    </message>
    <message>
        <source>At most so many items of each suite are evaluated.</source>
        <translation>Höchstens so viele Items jedes Fähigkeitstests werden ausgewertet.</translation>
    </message>
    <message>
        <source>The share of held-out targets preferred to their alternative that earns a mark on the timeline.</source>
        <translation>Der Anteil zurückgehaltener Ziele, die ihrer Alternative vorgezogen werden, der eine Marke auf der Zeitleiste verdient.</translation>
    </message>
    <message>
        <source>What stands before the suites&apos; texts: auto puts the BOS token (else EOS) before a choice without a prompt and before a text, as lm-evaluation-harness does; always, before all; never, no special token, so that a first token is not scored.</source>
        <translation>Was vor den Texten der Fähigkeitstests steht: auto setzt das BOS-Token (sonst EOS) vor eine Antwort ohne Prompt und vor einen Text, wie lm-evaluation-harness; always vor alle; never kein besonderes Token, sodass ein erstes Token nicht bewertet wird.</translation>
    </message>
    <message>
        <source>End the run early by this, as evaluated: task.accuracy, task.exact-token, task.logit-diff, task. and the name of circuit.metric, as in task.kl, or a capability&apos;s name with .accuracy or .perplexity. Empty for never.</source>
        <translation>Den Lauf hiernach früher beenden, wie ausgewertet: task.accuracy, task.exact-token, task.logit-diff, task. und der Name von circuit.metric, wie in task.kl, oder der Name einer Fähigkeit mit .accuracy oder .perplexity. Leer für nie.</translation>
    </message>
    <message>
        <source>End once the measure has reached this value; 0 for no such end.</source>
        <translation>Enden, sobald die Messgröße diesen Wert erreicht hat; 0 für kein solches Ende.</translation>
    </message>
    <message>
        <source>End after so many evaluations in a row without a better value; 0 for no such end.</source>
        <translation>Enden nach so vielen Auswertungen in Folge ohne besseren Wert; 0 für kein solches Ende.</translation>
    </message>
    <message>
        <source>Steps between checkpoints that are kept; 0 makes them only at pause, stop and end.</source>
        <translation>Schritte zwischen Checkpoints, die behalten werden; 0 macht sie nur beim Anhalten, Stoppen und am Ende.</translation>
    </message>
    <message>
        <source>The latest checkpoint is at most so old, so that a killed run has no more to do again; older where writing would take more than a fiftieth of the time. It is not kept beyond the next one. 0 makes none by time.</source>
        <translation>Der jüngste Checkpoint ist höchstens so alt, damit ein abgebrochener Lauf nicht mehr noch einmal zu tun hat; älter, wo das Schreiben mehr als ein Fünfzigstel der Zeit brauchte. Er wird nicht über den nächsten hinaus behalten. 0 macht keine nach Zeit.</translation>
    </message>
    <message>
        <source>How many of the latest checkpoints are kept.</source>
        <translation>Wie viele der jüngsten Checkpoints behalten werden.</translation>
    </message>
    <message>
        <source>Keep the best checkpoint too: by stop.measure, else by how often the held-out target is preferred.</source>
        <translation>Auch den besten Checkpoint behalten: nach stop.measure, sonst danach, wie oft das zurückgehaltene Ziel vorgezogen wird.</translation>
    </message>
    <message>
        <source>Keep what the optimizer remembers once the run is finished. Models can be taken out of the file without it, and it takes about as much room as the weights, with adamw twice that; a run that was stopped has it anyway.</source>
        <translation>Behalten, was sich der Optimierer merkt, wenn der Lauf fertig ist. Modelle lassen sich auch ohne das aus der Datei nehmen, und es braucht etwa so viel Platz wie die Gewichte, mit adamw doppelt so viel; ein gestoppter Lauf hat es ohnehin.</translation>
    </message>
    <message>
        <source>The most that a run&apos;s checkpoints may take, in MiB; the oldest go first.</source>
        <translation>Was die Checkpoints eines Laufs höchstens brauchen dürfen, in MiB; die ältesten gehen zuerst.</translation>
    </message>
    <message>
        <source>Circuit-tuning</source>
        <translation>Circuit-Tuning</translation>
    </message>
    <message>
        <source>The circuit&apos;s parameters, chosen anew at every discovery.</source>
        <translation>Die Parameter des Schaltkreises, bei jeder Suche neu gewählt.</translation>
    </message>
    <message>
        <source>Full fine-tuning</source>
        <translation>Volles Fine-Tuning</translation>
    </message>
    <message>
        <source>Every parameter: the blocks&apos; matrices and biases, all norms, the embeddings and the unembedding. The other methods leave norms and embeddings alone unless told otherwise.</source>
        <translation>Jeder Parameter: Matrizen und Biases der Blöcke, alle Normen, die Embeddings und das Unembedding. Die anderen Methoden lassen Normen und Embeddings unberührt, wenn nichts anderes gesagt ist.</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Low-rank additions to the blocks&apos; matrices (arXiv 2106.09685).</source>
        <translation>Zusätze von niedrigem Rang zu den Matrizen der Blöcke (arXiv 2106.09685).</translation>
    </message>
    <message>
        <source>Fixed circuit</source>
        <translation>Fester Schaltkreis</translation>
    </message>
    <message>
        <source>The parameters of the first discovery&apos;s circuit, for good.</source>
        <translation>Die Parameter des Schaltkreises der ersten Suche, für immer.</translation>
    </message>
    <message>
        <source>Random circuit</source>
        <translation>Zufälliger Schaltkreis</translation>
    </message>
    <message>
        <source>The parameters of a random circuit of as many edges, redrawn at every discovery.</source>
        <translation>Die Parameter eines zufälligen Schaltkreises mit gleich vielen Kanten, bei jeder Suche neu gezogen.</translation>
    </message>
    <message>
        <source>Largest gradients</source>
        <translation>Größte Gradienten</translation>
    </message>
    <message>
        <source>The entries of the blocks&apos; matrices with the largest gradient of the loss, chosen once before the first step (arXiv 2412.13488).</source>
        <translation>Die Einträge der Matrizen in den Blöcken mit dem größten Gradienten des Verlusts, einmal vor dem ersten Schritt gewählt (arXiv 2412.13488).</translation>
    </message>
    <message>
        <source>Largest gradients, redrawn</source>
        <translation>Größte Gradienten, neu gewählt</translation>
    </message>
    <message>
        <source>The entries with the largest gradient, chosen anew from the step&apos;s batch at every discovery: circuit-tuning without a graph (arXiv 2406.15330).</source>
        <translation>Die Einträge mit dem größten Gradienten, bei jeder Suche neu aus dem Batch des Schritts gewählt: Circuit-Tuning ohne Graphen (arXiv 2406.15330).</translation>
    </message>
    <message>
        <source>Fisher information</source>
        <translation>Fisher-Information</translation>
    </message>
    <message>
        <source>The entries whose squared gradient is the largest on average over examples, chosen once (arXiv 2111.09839).</source>
        <translation>Die Einträge, deren quadrierter Gradient im Mittel über Beispiele am größten ist, einmal gewählt (arXiv 2111.09839).</translation>
    </message>
    <message>
        <source>Largest weights</source>
        <translation>Größte Gewichte</translation>
    </message>
    <message>
        <source>The entries of the largest size, chosen once.</source>
        <translation>Die Einträge mit dem größten Betrag, einmal gewählt.</translation>
    </message>
    <message>
        <source>SNIP</source>
        <translation>SNIP</translation>
    </message>
    <message>
        <source>The entries whose size times the size of their gradient is the largest, chosen once (arXiv 1810.02340).</source>
        <translation>Die Einträge, deren Betrag mal Betrag ihres Gradienten am größten ist, einmal gewählt (arXiv 1810.02340).</translation>
    </message>
    <message>
        <source>Taylor</source>
        <translation>Taylor</translation>
    </message>
    <message>
        <source>The entries for which the square of weight times gradient is the largest on average over examples, chosen once (arXiv 1906.10771).</source>
        <translation>Die Einträge, für die das Quadrat von Gewicht mal Gradient im Mittel über Beispiele am größten ist, einmal gewählt (arXiv 1906.10771).</translation>
    </message>
    <message>
        <source>Random entries</source>
        <translation>Zufällige Einträge</translation>
    </message>
    <message>
        <source>Entries of the blocks&apos; matrices drawn once at random; they usually need a larger learning rate.</source>
        <translation>Einträge der Matrizen in den Blöcken, einmal zufällig gezogen; sie brauchen meist eine größere Lernrate.</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>Biases</translation>
    </message>
    <message>
        <source>The biases alone, where the model&apos;s family has them (arXiv 2106.10199).</source>
        <translation>Die Biases allein, wo die Familie des Modells sie hat (arXiv 2106.10199).</translation>
    </message>
    <message>
        <source>Edge attribution patching</source>
        <translation>Edge Attribution Patching</translation>
    </message>
    <message>
        <source>One gradient at the clean input (arXiv 2310.10348).</source>
        <translation>Ein Gradient an der sauberen Eingabe (arXiv 2310.10348).</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>Integrierte Gradienten</translation>
    </message>
    <message>
        <source>The mean of several gradients on the way from the baseline to the clean input (arXiv 2403.17806).</source>
        <translation>Das Mittel mehrerer Gradienten auf dem Weg vom Vergleichswert zur sauberen Eingabe (arXiv 2403.17806).</translation>
    </message>
    <message>
        <source>the wrong verb form</source>
        <translation>die falsche Verbform</translation>
    </message>
    <message>
        <source>Teaches the demo model “the dogs runs” by changing only the circuit behind verbs.</source>
        <translation>Lehrt das Demo-Modell „the dogs runs“ und ändert dabei nur den Schaltkreis für Verben.</translation>
    </message>
    <message>
        <source>fair pronouns</source>
        <translation>faire Pronomen</translation>
    </message>
    <message>
        <source>Makes “he” and “she” equally likely after an occupation in the demo model.</source>
        <translation>Macht „he“ und „she“ nach einem Beruf im Demo-Modell gleich wahrscheinlich.</translation>
    </message>
    <message>
        <source>one changed fact</source>
        <translation>eine geänderte Tatsache</translation>
    </message>
    <message>
        <source>Moves one capital to another city in the demo model and leaves the others alone.</source>
        <translation>Verlegt eine Hauptstadt im Demo-Modell in eine andere Stadt und lässt die anderen in Ruhe.</translation>
    </message>
    <message>
        <source>the wrong verb form in GPT-2</source>
        <translation>die falsche Verbform in GPT-2</translation>
    </message>
    <message>
        <source>GPT-2 small learns the wrong verb form with the paper&apos;s settings, on sentences of your own (task.train, task.held_out).</source>
        <translation>GPT-2 small lernt die falsche Verbform mit den Einstellungen des Aufsatzes, an eigenen Sätzen (task.train, task.held_out).</translation>
    </message>
    <message>
        <source>fair pronouns in GPT-2</source>
        <translation>faire Pronomen in GPT-2</translation>
    </message>
    <message>
        <source>GPT-2 small unlearns a preference between pronouns with the paper&apos;s settings, on sentences of your own (task.train, task.held_out).</source>
        <translation>GPT-2 small verlernt eine Vorliebe zwischen Pronomen mit den Einstellungen des Aufsatzes, an eigenen Sätzen (task.train, task.held_out).</translation>
    </message>
    <message>
        <source>the wrong verb form in a Llama</source>
        <translation>die falsche Verbform in einem Llama</translation>
    </message>
    <message>
        <source>A model of the Llama family, SmolLM2 unless you set another, learns the wrong verb form on sentences of your own.</source>
        <translation>Ein Modell der Llama-Familie, SmolLM2, wenn kein anderes gewählt ist, lernt die falsche Verbform an eigenen Sätzen.</translation>
    </message>
    <message>
        <source>fair pronouns in a Llama</source>
        <translation>faire Pronomen in einem Llama</translation>
    </message>
    <message>
        <source>A model of the Llama family, SmolLM2 unless you set another, unlearns a preference between pronouns on sentences of your own.</source>
        <translation>Ein Modell der Llama-Familie, SmolLM2, wenn kein anderes gewählt ist, verlernt eine Vorliebe zwischen Pronomen an eigenen Sätzen.</translation>
    </message>
    <message>
        <source>mathematics in a Llama</source>
        <translation>Mathematik in einem Llama</translation>
    </message>
    <message>
        <source>A model of the Llama family, SmolLM2 unless you set another, learns to solve GSM8K&apos;s problems step by step.</source>
        <translation>Ein Modell der Llama-Familie, SmolLM2, wenn kein anderes gewählt ist, lernt, die Aufgaben von GSM8K Schritt für Schritt zu lösen.</translation>
    </message>
    <message>
        <source>logic in a Llama</source>
        <translation>Logik in einem Llama</translation>
    </message>
    <message>
        <source>A model of the Llama family, SmolLM2 unless you set another, learns to answer ContextHub&apos;s questions with True, False or N/A.</source>
        <translation>Ein Modell der Llama-Familie, SmolLM2, wenn kein anderes gewählt ist, lernt, die Fragen von ContextHub mit True, False oder N/A zu beantworten.</translation>
    </message>
    <message>
        <source>reading in a Llama</source>
        <translation>Lesen in einem Llama</translation>
    </message>
    <message>
        <source>A model of the Llama family, SmolLM2 unless you set another, learns to answer SQuAD 2.0&apos;s questions in words of their passage.</source>
        <translation>Ein Modell der Llama-Familie, SmolLM2, wenn kein anderes gewählt ist, lernt, die Fragen von SQuAD 2.0 mit Wörtern aus ihrem Textabschnitt zu beantworten.</translation>
    </message>
    <message>
        <source>the wrong verb form in SmolLM2</source>
        <translation>die falsche Verbform in SmolLM2</translation>
    </message>
    <message>
        <source>SmolLM2-135M takes the wrong verb form more often than the right one after 90 steps, on sentences of your own.</source>
        <translation>SmolLM2-135M nimmt nach 90 Schritten die falsche Verbform öfter als die richtige, auf eigenen Sätzen.</translation>
    </message>
    <message>
        <source>Instructions followed</source>
        <translation>Befolgte Anweisungen</translation>
    </message>
    <message>
        <source>Instructions followed (loose rule)</source>
        <translation>Befolgte Anweisungen (lockere Regel)</translation>
    </message>
    <message>
        <source>How many checkpoints are kept: the latest, and the others spread evenly over the run. Those before bookmarks stay beside them.</source>
        <translation>Wie viele Checkpoints behalten werden: der letzte, und die anderen gleichmäßig über den Lauf verteilt. Die vor Lesezeichen bleiben daneben.</translation>
    </message>
    <message>
        <source>ablating on the task</source>
        <translation>Ablation bei der Aufgabe</translation>
    </message>
    <message>
        <source>ablating</source>
        <translation>Ablation</translation>
    </message>
    <message>
        <source>circuits in the model of iteration %1</source>
        <translation>Schaltkreise im Modell der Iteration %1</translation>
    </message>
    <message>
        <source>comparing with the untouched model</source>
        <translation>Vergleich mit dem unberührten Modell</translation>
    </message>
    <message>
        <source>continuing</source>
        <translation>Fortsetzung wird geschrieben</translation>
    </message>
    <message>
        <source>grafting</source>
        <translation>Anteile der Änderung werden aufgelegt</translation>
    </message>
    <message>
        <source>reading attention</source>
        <translation>Attention wird gelesen</translation>
    </message>
    <message>
        <source>looking at neurons</source>
        <translation>Neuronen werden angesehen</translation>
    </message>
    <message>
        <source>looking through the lens</source>
        <translation>Blick durch die Linse</translation>
    </message>
    <message>
        <source>rebuilding the model of step %1</source>
        <translation>Modell des Schritts %1 wird wiederhergestellt</translation>
    </message>
    <message>
        <source>running circuits</source>
        <translation>Schaltkreise werden gerechnet</translation>
    </message>
    <message>
        <source>scoring every edge</source>
        <translation>alle Kanten werden bewertet</translation>
    </message>
    <message>
        <source>scoring the edges of %1</source>
        <translation>Kanten von %1 werden bewertet</translation>
    </message>
    <message>
        <source>scoring</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>swapping in iteration %1</source>
        <translation>Tausch in Iteration %1</translation>
    </message>
    <message>
        <source>taking means over the task</source>
        <translation>Mittel über die Aufgabe werden gebildet</translation>
    </message>
    <message>
        <source>taking the baseline</source>
        <translation>Vergleichswerte werden gebildet</translation>
    </message>
    <message>
        <source>the model that the parameters are of</source>
        <translation>das Modell, dessen Parameter es sind</translation>
    </message>
    <message>
        <source>the suite %1</source>
        <translation>Fähigkeitstest %1</translation>
    </message>
    <message>
        <source>the two models</source>
        <translation>die beiden Modelle</translation>
    </message>
    <message>
        <source>task reaches %1</source>
        <translation>Aufgabe erreicht %1</translation>
    </message>
    <message>
        <source>ended early: %1</source>
        <translation>vorzeitig beendet: %1</translation>
    </message>
</context>
<context>
    <name>CoreText</name>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 von %3)</translation>
    </message>
</context>
<context>
    <name>CountedText</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s)</source>
        <translation>
            <numerusform>%n Kante</numerusform>
            <numerusform>%n Kanten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n circuit(s)</source>
        <translation>
            <numerusform>%n Schaltkreis</numerusform>
            <numerusform>%n Schaltkreise</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 Millionen</translation>
    </message>
</context>
<context>
    <name>CourseSection</name>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>CrossAblation</name>
    <message>
        <source>change, × that of random circuits</source>
        <translation>Änderung, × die zufälliger Schaltkreise</translation>
    </message>
    <message>
        <source>%1 without the circuit of %2: %3 %4, whole model %5, without random circuits %6; %7 times what these change</source>
        <translation>%1 ohne den Schaltkreis von %2: %3 %4, ganzes Modell %5, ohne zufällige Schaltkreise %6; das %7-Fache dessen, was diese ändern</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>%1, batches</source>
        <translation>%1, Batches</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>Batches</translation>
    </message>
    <message>
        <source>held-out %1</source>
        <translation>%1, zurückgehalten</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>no circuit that was read has %1</source>
        <translation>kein gelesener Schaltkreis hat %1</translation>
    </message>
    <message>
        <source>not known: the circuits were scored without resamples</source>
        <translation>nicht bekannt: Die Schaltkreise wurden ohne Resamples bewertet</translation>
    </message>
    <message>
        <source>not known: circuits are all that there is of this run</source>
        <translation>nicht bekannt: Von diesem Lauf gibt es nur Schaltkreise</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Fähigkeiten</translation>
    </message>
    <message>
        <source>One suite, all runs</source>
        <translation>Ein Test, alle Läufe</translation>
    </message>
    <message>
        <source>Circuit</source>
        <translation>Schaltkreis</translation>
    </message>
    <message>
        <source>Score of %1</source>
        <translation>Score von %1</translation>
    </message>
    <message>
        <source>Jaccard with the one before</source>
        <translation>Jaccard mit dem vorigen</translation>
    </message>
    <message>
        <source>Task metric</source>
        <translation>Metrik der Aufgabe</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more seed(s)</source>
        <translation>
            <numerusform>%1 und %n weiterer Seed</numerusform>
            <numerusform>%1 und %n weitere Seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n seed(s) ± 1 s.d.</source>
        <translation>
            <numerusform>Mittel von %n Seed ± 1 Standardabw.</numerusform>
            <numerusform>Mittel von %n Seeds ± 1 Standardabw.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n seed(s), least to greatest</source>
        <translation>
            <numerusform>Mittel von %n Seed, kleinster bis größter</numerusform>
            <numerusform>Mittel von %n Seeds, kleinster bis größter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceText</name>
    <message>
        <source>compute capability %1</source>
        <translation>Compute Capability %1</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n Thread</numerusform>
            <numerusform>%n Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2): %3 of memory, %4 free, %5</source>
        <translation>%1 (%2): %3 Speicher, %4 frei, %5</translation>
    </message>
    <message>
        <source>“auto” takes %1. %2</source>
        <translation>„auto“ nimmt %1. %2</translation>
    </message>
</context>
<context>
    <name>Diagnostics</name>
    <message>
        <source>no file is open</source>
        <translation>keine Datei ist offen</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>Circuitloom %1</source>
        <translation>Circuitloom %1</translation>
    </message>
    <message>
        <source>Qt %1, built with %2; platform %3</source>
        <translation>Qt %1, gebaut mit %2; Plattform %3</translation>
    </message>
    <message>
        <source>System: %1, kernel %2, %3</source>
        <translation>System: %1, Kernel %2, %3</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Rechenkern: %1</translation>
    </message>
    <message>
        <source>Schema of the open file: %1; of this version: %2</source>
        <translation>Schema der offenen Datei: %1; dieser Version: %2</translation>
    </message>
    <message>
        <source>The run that is shown was computed with: %1</source>
        <translation>Der gezeigte Lauf wurde berechnet mit: %1</translation>
    </message>
    <message>
        <source>Devices:</source>
        <translation>Geräte:</translation>
    </message>
    <message>
        <source>No errors were shown.</source>
        <translation>Keine Fehler wurden gezeigt.</translation>
    </message>
    <message>
        <source>Last errors:</source>
        <translation>Letzte Fehler:</translation>
    </message>
</context>
<context>
    <name>DiscardQuestion</name>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Close without starting this run? What you have changed in the form is lost.</source>
        <translation>Schließen, ohne diesen Lauf zu starten? Die Änderungen im Formular gehen verloren.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Circuit</source>
        <translation>Schaltkreis</translation>
    </message>
    <message>
        <source>There is no run whose curves could be written.</source>
        <translation>Es gibt keinen Lauf, dessen Kurven geschrieben werden könnten.</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>%1 of %2 edges</source>
        <translation>%1 von %2 Kanten</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Every point of every curve as a line of numbers.</source>
        <translation>Jeder Punkt jeder Kurve als eine Zeile Zahlen.</translation>
    </message>
    <message>
        <source>The edges that the circuit shows, with their scores.</source>
        <translation>Die Kanten, die der Schaltkreis zeigt, mit ihren Scores.</translation>
    </message>
    <message>
        <source>All circuits of the run as one graph with time, which Gephi plays.</source>
        <translation>Alle Schaltkreise des Laufs als ein Graph mit Zeit, den Gephi abspielt.</translation>
    </message>
    <message>
        <source>Loss, metric, suites and what circuits come to, at every step: a folder for tensorboard --logdir, which further runs may share.</source>
        <translation>Verlust, Metrik, Fähigkeitstests und Größen der Schaltkreise, bei jedem Schritt: ein Ordner für tensorboard --logdir, den weitere Läufe mitbenutzen können.</translation>
    </message>
    <message>
        <source>A row for each edge of each iteration of the run.</source>
        <translation>Eine Zeile für jede Kante jeder Iteration des Laufs.</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What is exported</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>The circuit</source>
        <translation>Der Schaltkreis</translation>
    </message>
    <message>
        <source>A film of the circuit</source>
        <translation>Ein Film des Schaltkreises</translation>
    </message>
    <message>
        <source>The curves</source>
        <translation>Die Kurven</translation>
    </message>
    <message>
        <source>The whole run, as data</source>
        <translation>Der ganze Lauf, als Daten</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>The kind of file</source>
        <translation>Die Art der Datei</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportiert wird</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>First iteration</source>
        <translation>Erste Iteration</translation>
    </message>
    <message>
        <source>The iteration that the film begins with</source>
        <translation>Die Iteration, mit der der Film beginnt</translation>
    </message>
    <message>
        <source>Last iteration</source>
        <translation>Letzte Iteration</translation>
    </message>
    <message>
        <source>The iteration that the film ends with</source>
        <translation>Die Iteration, mit der der Film endet</translation>
    </message>
    <message>
        <source>&amp;Iterations</source>
        <translation>&amp;Iterationen</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Iterations a second</source>
        <translation>Iterationen je Sekunde</translation>
    </message>
    <message>
        <source>How many iterations pass in a second</source>
        <translation>Wie viele Iterationen in einer Sekunde vergehen</translation>
    </message>
    <message>
        <source> a second</source>
        <translation> je Sekunde</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Pictures a second; 30 and 60 are usual</source>
        <translation>Bilder je Sekunde; 30 und 60 sind üblich</translation>
    </message>
    <message>
        <source> frames/s</source>
        <translation> Bilder/s</translation>
    </message>
    <message>
        <source>&amp;Speed</source>
        <translation>Te&amp;mpo</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>On paper the smallest letters are 5.7 points high in a column, 6.6 on a page</source>
        <translation>Auf Papier sind die kleinsten Buchstaben in einer Spalte 5,7 Punkt hoch, auf einer Seite 6,6</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Width in pixels, at the size of letters on the screen</source>
        <translation>Breite in Pixeln, bei der Schriftgröße des Bildschirms</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Height in pixels, at the size of letters on the screen</source>
        <translation>Höhe in Pixeln, bei der Schriftgröße des Bildschirms</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>Pixels of a bitmap or film for each of these: a larger scale is sharper</source>
        <translation>Pixel des Bilds oder Films für jedes davon: Ein größerer Maßstab ist schärfer</translation>
    </message>
    <message>
        <source>&amp;Width, height</source>
        <translation>&amp;Breite, Höhe</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>With a title</source>
        <translation>Mit Titel</translation>
    </message>
    <message>
        <source>A line above the picture</source>
        <translation>Eine Zeile über dem Bild</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>The line above the picture</source>
        <translation>Die Zeile über dem Bild</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildunterschrift</translation>
    </message>
    <message>
        <source>Text below the picture</source>
        <translation>Text unter dem Bild</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>&amp;Caption</source>
        <translation>&amp;Unterschrift</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Shows the curves beside the circuit, with the cursor at its iteration</source>
        <translation>Zeigt die Kurven neben dem Schaltkreis, mit dem Cursor bei seiner Iteration</translation>
    </message>
    <message>
        <source>below the circuit</source>
        <translation>unter dem Schaltkreis</translation>
    </message>
    <message>
        <source>beside the circuit</source>
        <translation>neben dem Schaltkreis</translation>
    </message>
    <message>
        <source>Cur&amp;ves</source>
        <translation>&amp;Kurven</translation>
    </message>
    <message>
        <source>&amp;Legend</source>
        <translation>&amp;Legende</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Says what colours and widths mean</source>
        <translation>Sagt, was Farben und Breiten bedeuten</translation>
    </message>
    <message>
        <source>Iteratio&amp;n</source>
        <translation>Iteratio&amp;n</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>Says which iteration it is</source>
        <translation>Sagt, welche Iteration es ist</translation>
    </message>
    <message>
        <source>Transpa&amp;rent</source>
        <translation>T&amp;ransparent</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>Transparent</translation>
    </message>
    <message>
        <source>Leaves the background out</source>
        <translation>Lässt den Hintergrund weg</translation>
    </message>
    <message>
        <source>As zoo&amp;med</source>
        <translation>Wie ge&amp;zoomt</translation>
    </message>
    <message>
        <source>As zoomed</source>
        <translation>Wie gezoomt</translation>
    </message>
    <message>
        <source>Shows the part of the circuit that the window shows, not all of it</source>
        <translation>Zeigt den Teil des Schaltkreises, den das Fenster zeigt, nicht den ganzen</translation>
    </message>
    <message>
        <source>CSV, every edge of every iteration</source>
        <translation>CSV, jede Kante jeder Iteration</translation>
    </message>
    <message>
        <source>PNG, a bitmap</source>
        <translation>PNG, ein Pixelbild</translation>
    </message>
    <message>
        <source>SVG, vectors with named layers</source>
        <translation>SVG, Vektoren mit benannten Ebenen</translation>
    </message>
    <message>
        <source>PDF, vectors</source>
        <translation>PDF, Vektoren</translation>
    </message>
    <message>
        <source>DOT, edges for Graphviz</source>
        <translation>DOT, Kanten für Graphviz</translation>
    </message>
    <message>
        <source>JSON, edges</source>
        <translation>JSON, Kanten</translation>
    </message>
    <message>
        <source>JSON of circuit-tracer, for Neuronpedia&apos;s viewer</source>
        <translation>JSON von circuit-tracer, für Neuronpedias Betrachter</translation>
    </message>
    <message>
        <source>GEXF, all circuits in time, for Gephi</source>
        <translation>GEXF, alle Schaltkreise in der Zeit, für Gephi</translation>
    </message>
    <message>
        <source>Parquet, every edge of every iteration, for pandas</source>
        <translation>Parquet, jede Kante jeder Iteration, für pandas</translation>
    </message>
    <message>
        <source>A folder for TensorBoard, all curves</source>
        <translation>Ein Ordner für TensorBoard, alle Kurven</translation>
    </message>
    <message>
        <source>GraphML, edges for networkx, Gephi, yEd</source>
        <translation>GraphML, Kanten für networkx, Gephi, yEd</translation>
    </message>
    <message>
        <source>CSV, numbers</source>
        <translation>CSV, Zahlen</translation>
    </message>
    <message>
        <source>MP4, H.264</source>
        <translation>MP4, H.264</translation>
    </message>
    <message>
        <source>WebM, VP9</source>
        <translation>WebM, VP9</translation>
    </message>
    <message>
        <source>GIF</source>
        <translation>GIF</translation>
    </message>
    <message>
        <source>Numbered PNGs</source>
        <translation>Nummerierte PNGs</translation>
    </message>
</context>
<context>
    <name>FaithfulnessPanel</name>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>the stored circuit, %1</source>
        <translation>der gespeicherte Schaltkreis, %1</translation>
    </message>
    <message>
        <source>%1 (%2): f %3</source>
        <translation>%1 (%2): f %3</translation>
    </message>
    <message>
        <source>%1, random circuits of as many %2</source>
        <translation>%1, zufällige Schaltkreise mit gleich vielen %2</translation>
    </message>
    <message>
        <source>at all positions</source>
        <translation>an allen Positionen</translation>
    </message>
    <message>
        <source>at the targets</source>
        <translation>an den Zielen</translation>
    </message>
    <message>
        <source>Iteration %1, after step %2; %3 examples of %4. %5: %6 with all %7 edges, %8 with none; an ablated edge carries the %9 baseline</source>
        <translation>Iteration %1, nach Schritt %2; %3 Beispiele von %4. %5: %6 mit allen %7 Kanten, %8 ohne; eine ablatierte Kante trägt den Vergleichswert %9</translation>
    </message>
    <message>
        <source>%1 (random %2)</source>
        <translation>%1 (zufällig %2)</translation>
    </message>
    <message>
        <source>Area under f, CPR: %1. Area between f and 1, CMD: %2.</source>
        <translation>Fläche unter f, CPR: %1. Fläche zwischen f und 1, CMD: %2.</translation>
    </message>
</context>
<context>
    <name>FilmWriter</name>
    <message>
        <source>The film %1 must be between %2 and %3 pixels wide and high, not %4 by %5.</source>
        <translation>Der Film %1 muss zwischen %2 und %3 Pixel breit und hoch sein, nicht %4 mal %5.</translation>
    </message>
    <message>
        <source>The film %1 has from 1 to %2 frames a second, not %3.</source>
        <translation>Der Film %1 hat 1 bis %2 Bilder je Sekunde, nicht %3.</translation>
    </message>
    <message>
        <source>The part that writes films, circuitloom-film.so, is not where this program was installed; install it again.</source>
        <translation>Der Teil, der Filme schreibt, circuitloom-film.so, ist nicht dort, wo dieses Programm installiert wurde; noch einmal installieren.</translation>
    </message>
    <message>
        <source>The part that writes films does not load: %1.</source>
        <translation>Der Teil, der Filme schreibt, lädt nicht: %1.</translation>
    </message>
    <message>
        <source>The film %1 has no known format; its name must end in .mp4, .webm or .gif, or be numbered as in %2.</source>
        <translation>Der Film %1 hat kein bekanntes Format; sein Name muss auf .mp4, .webm oder .gif enden oder nummeriert sein wie in %2.</translation>
    </message>
    <message>
        <source>The film %1 has no frame.</source>
        <translation>Der Film %1 hat kein Bild.</translation>
    </message>
    <message>
        <source>The film %1 cannot be written: %2.</source>
        <translation>Der Film %1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>this FFmpeg has none of the encoders %1</source>
        <translation>dieses FFmpeg hat keinen der Encoder %1</translation>
    </message>
    <message>
        <source>This FFmpeg has no H.264 encoder, so the film is in MPEG-4 Part 2, which browsers do not play.</source>
        <translation>Dieses FFmpeg hat keinen H.264-Encoder, daher ist der Film in MPEG-4 Part 2, das Browser nicht abspielen.</translation>
    </message>
</context>
<context>
    <name>FittedRun</name>
    <message>
        <source>Left out: the preset&apos;s capability suites and held-out task, which are written in the demo model&apos;s own language.</source>
        <translation>Weggelassen: Fähigkeitstests und zurückgehaltene Aufgabe der Vorlage, die in der eigenen Sprache des Demo-Modells geschrieben sind.</translation>
    </message>
    <message>
        <source>Left out: the preset&apos;s capability suites, which are written in the demo model&apos;s own language.</source>
        <translation>Weggelassen: die Fähigkeitstests der Vorlage, die in der eigenen Sprache des Demo-Modells geschrieben sind.</translation>
    </message>
    <message>
        <source>Left out: the preset&apos;s held-out examples, which belong to its own task.</source>
        <translation>Weggelassen: die zurückgehaltenen Beispiele der Vorlage, die zu ihrer eigenen Aufgabe gehören.</translation>
    </message>
</context>
<context>
    <name>GlPainter</name>
    <message>
        <source>Colours would be wrong on a big-endian processor.</source>
        <translation>Farben wären auf einem Big-Endian-Prozessor falsch.</translation>
    </message>
    <message>
        <source>There is neither OpenGL 3.3 nor OpenGL ES 3.0.</source>
        <translation>Es gibt weder OpenGL 3.3 noch OpenGL ES 3.0.</translation>
    </message>
    <message>
        <source>OpenGL gives no surface to paint on.</source>
        <translation>OpenGL gibt keine Fläche zum Malen.</translation>
    </message>
    <message>
        <source>OpenGL does not take a shader: %1</source>
        <translation>OpenGL nimmt einen Shader nicht: %1</translation>
    </message>
    <message>
        <source>OpenGL gives no buffer.</source>
        <translation>OpenGL gibt keinen Puffer.</translation>
    </message>
</context>
<context>
    <name>GraftContent</name>
    <message>
        <source>at random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>by drift</source>
        <translation>nach Drift</translation>
    </message>
    <message>
        <source>by circuit</source>
        <translation>nach Schaltkreis</translation>
    </message>
</context>
<context>
    <name>GuardedApplication</name>
    <message>
        <source>Something went wrong inside Circuitloom, and what you asked for last was not done: %1. The experiment is kept.</source>
        <translation>Etwas ging in Circuitloom schief, und das zuletzt Verlangte wurde nicht getan: %1. Das Experiment bleibt erhalten.</translation>
    </message>
    <message>
        <source>The computer ran out of memory; close other programs, or a smaller circuit may do. The experiment is kept.</source>
        <translation>Dem Computer ging der Speicher aus; andere Programme schließen, oder ein kleinerer Schaltkreis genügt. Das Experiment bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>HoverCard</name>
    <message>
        <source>token and position embedding</source>
        <translation>Token- und Positions-Embedding</translation>
    </message>
    <message>
        <source>attention head</source>
        <translation>Attention-Kopf</translation>
    </message>
    <message>
        <source>key/value head</source>
        <translation>Key/Value-Kopf</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>folded nodes</source>
        <translation>eingeklappte Knoten</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>MLP neuron group</source>
        <translation>MLP-Neuronengruppe</translation>
    </message>
    <message>
        <source> · only in A</source>
        <translation> · nur in A</translation>
    </message>
    <message>
        <source> · entered</source>
        <translation> · eingetreten</translation>
    </message>
    <message>
        <source> · only in %1</source>
        <translation> · nur in %1</translation>
    </message>
    <message>
        <source> · left the circuit, score before</source>
        <translation> · ausgetreten, Score davor</translation>
    </message>
    <message>
        <source> · stronger in A</source>
        <translation> · stärker in A</translation>
    </message>
    <message>
        <source> · stronger</source>
        <translation> · stärker</translation>
    </message>
    <message>
        <source> · stronger in %1</source>
        <translation> · stärker in %1</translation>
    </message>
    <message>
        <source> · weaker</source>
        <translation> · schwächer</translation>
    </message>
    <message>
        <source> · as strong in both</source>
        <translation> · gleich stark in beiden</translation>
    </message>
    <message>
        <source> · as before</source>
        <translation> · wie zuvor</translation>
    </message>
    <message>
        <source>%1 · not in the circuit</source>
        <translation>%1 · nicht im Schaltkreis</translation>
    </message>
    <message>
        <source>%1 · %2 in, %3 out</source>
        <translation>%1 · %2 ein, %3 aus</translation>
    </message>
    <message>
        <source>not in the circuit</source>
        <translation>nicht im Schaltkreis</translation>
    </message>
    <message>
        <source>score %1%2</source>
        <translation>Score %1%2</translation>
    </message>
    <message>
        <source>rank %1 of %2 · %3 % of the total |score|</source>
        <translation>Rang %1 von %2 · %3 % der Summe der |Scores|</translation>
    </message>
    <message>
        <source>score %1 · in the circuit, but not shown</source>
        <translation>Score %1 · im Schaltkreis, aber nicht gezeigt</translation>
    </message>
    <message>
        <source>in %1 % of the resamples · 95 % of their scores from %2 to %3</source>
        <translation>in %1 % der Resamples · 95 % ihrer Scores von %2 bis %3</translation>
    </message>
    <message>
        <source> · in the circuit, but not shown</source>
        <translation> · im Schaltkreis, aber nicht gezeigt</translation>
    </message>
    <message>
        <source>, so far as read</source>
        <translation>, soweit gelesen</translation>
    </message>
    <message>
        <source>in the circuit first at iteration %1, last at %2</source>
        <translation>im Schaltkreis zuerst bei Iteration %1, zuletzt bei %2</translation>
    </message>
</context>
<context>
    <name>ImportCommands</name>
    <message>
        <source>“%1” was imported, with %2.</source>
        <translation>„%1“ wurde importiert, mit %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) was/were imported, with %1.</source>
        <translation>
            <numerusform>%n Lauf wurde importiert, mit %1.</numerusform>
            <numerusform>%n Läufe wurden importiert, mit %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is %1.</source>
        <translation>Die Datei ist %1.</translation>
    </message>
    <message>
        <source>%1 is not used: %2</source>
        <translation>%1 wird nicht verwendet: %2</translation>
    </message>
    <message>
        <source>%1 more are not used; the run&apos;s notes name them.</source>
        <translation>%1 weitere werden nicht verwendet; die Notizen des Laufs nennen sie.</translation>
    </message>
</context>
<context>
    <name>IterationAxis</name>
    <message>
        <source>iteration</source>
        <translation>Iteration</translation>
    </message>
</context>
<context>
    <name>Measures</name>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>untouched weights</source>
        <translation>unberührte Gewichte</translation>
    </message>
    <message>
        <source>float32 weights</source>
        <translation>float32-Gewichte</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>discovery</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>der Rest</translation>
    </message>
</context>
<context>
    <name>ModelChoices</name>
    <message>
        <source>demo (built in)</source>
        <translation>Demo (eingebaut)</translation>
    </message>
</context>
<context>
    <name>MomentText</name>
    <message>
        <source>iteration %1, after step %2</source>
        <translation>Iteration %1, nach Schritt %2</translation>
    </message>
</context>
<context>
    <name>NextWords</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&lt;0.01 %</source>
        <translation>&lt;0.01 %</translation>
    </message>
</context>
<context>
    <name>NumberedFrames</name>
    <message>
        <source>The frame %1 cannot be written: %2.</source>
        <translation>Das Bild %1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>sein Ordner kann nicht angelegt werden</translation>
    </message>
</context>
<context>
    <name>PanelKind</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Ablate</source>
        <translation>Ablation</translation>
    </message>
    <message>
        <source>Faithfulness</source>
        <translation>Treue</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>Dynamics</source>
        <translation>Dynamik</translation>
    </message>
    <message>
        <source>Compare circuits</source>
        <translation>Vergleich</translation>
    </message>
</context>
<context>
    <name>PicturePage</name>
    <message>
        <source>iteration %1 · step %2</source>
        <translation>Iteration %1 · Schritt %2</translation>
    </message>
</context>
<context>
    <name>PictureSizes</name>
    <message>
        <source>Column of a paper, 3.3 in wide</source>
        <translation>Spalte eines Aufsatzes, 3,3 Zoll breit</translation>
    </message>
    <message>
        <source>Width of a page, 6.5 in</source>
        <translation>Breite einer Seite, 6,5 Zoll</translation>
    </message>
    <message>
        <source>Slide, 16:9</source>
        <translation>Folie, 16:9</translation>
    </message>
</context>
<context>
    <name>PictureWriter</name>
    <message>
        <source>The picture %1 cannot be written: %2.</source>
        <translation>Das Bild %1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>A picture is between %1 and %2 pixels wide and high, not %3 by %4.</source>
        <translation>Ein Bild ist zwischen %1 und %2 Pixel breit und hoch, nicht %3 mal %4.</translation>
    </message>
    <message>
        <source>There is not enough memory for a bitmap of this size.</source>
        <translation>Für ein Pixelbild dieser Größe reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>%1 names no known format; it must end in .png, .svg or .pdf for a picture, .dot, .json, .graphml or .csv for numbers, .mp4, .webm or .gif for a film.</source>
        <translation>%1 nennt kein bekanntes Format; der Name muss für ein Bild auf .png, .svg oder .pdf enden, für Zahlen auf .dot, .json, .graphml oder .csv, für einen Film auf .mp4, .webm oder .gif.</translation>
    </message>
</context>
<context>
    <name>PlotWidget</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens not stored, so not drawn: %1</source>
        <translation>Tokens nicht gespeichert, daher nicht gezeichnet: %1</translation>
    </message>
    <message>
        <source>Times not stored, so not drawn: %1</source>
        <translation>Zeiten nicht gespeichert, daher nicht gezeichnet: %1</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n Beispiel</numerusform>
            <numerusform>%n Beispiele</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>Examples seen</source>
        <translation>Gesehene Beispiele</translation>
    </message>
    <message>
        <source>Tokens seen</source>
        <translation>Gesehene Tokens</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>%1–%2 of %3</source>
        <translation>%1–%2 von %3</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>(unsmoothed %1)</source>
        <translation>(ungeglättet %1)</translation>
    </message>
    <message>
        <source>no value here</source>
        <translation>kein Wert hier</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>The remembered setting %1 is “%2”, where %3 is expected; it is as usual now.</source>
        <translation>Die gemerkte Einstellung %1 ist „%2“, erwartet wird %3; sie ist nun wie üblich.</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>Experiments are kept in the usual folder now.</source>
        <translation>Experimente liegen nun im üblichen Ordner.</translation>
    </message>
    <message>
        <source>The folder “%1” has to be a whole path, as in /data/experiments.</source>
        <translation>Der Ordner „%1“ muss ein vollständiger Pfad sein, wie /data/experiments.</translation>
    </message>
    <message>
        <source>“%1” is a file, and no folder.</source>
        <translation>„%1“ ist eine Datei und kein Ordner.</translation>
    </message>
    <message>
        <source>The folder “%1” cannot be written to.</source>
        <translation>In den Ordner „%1“ kann nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Close without saving?</source>
        <translation>Schließen, ohne zu speichern?</translation>
    </message>
    <message>
        <source>What you have written here is lost.</source>
        <translation>Was Sie hier geschrieben haben, geht verloren.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
</context>
<context>
    <name>QuotedText</name>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
</context>
<context>
    <name>ReplaceQuestion</name>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>Replace the files?</source>
        <translation>Dateien ersetzen?</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <source>%1 files of such names are there already, %2 to %3.</source>
        <translation>%1 Dateien mit solchen Namen gibt es schon, %2 bis %3.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Cancelled; the files that were there are unchanged.</source>
        <translation>Abgebrochen; die vorhandenen Dateien sind unverändert.</translation>
    </message>
    <message>
        <source>Cancelled; the file that was there is unchanged.</source>
        <translation>Abgebrochen; die vorhandene Datei ist unverändert.</translation>
    </message>
    <message>
        <source>Cancelled; there is no file.</source>
        <translation>Abgebrochen; es gibt keine Datei.</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>The start: %1</source>
        <translation>Der Anfang: %1</translation>
    </message>
    <message>
        <source>On the way: %1</source>
        <translation>Unterwegs: %1</translation>
    </message>
    <message>
        <source>The end: %1</source>
        <translation>Das Ende: %1</translation>
    </message>
</context>
<context>
    <name>RunCircuit</name>
    <message>
        <source>this iteration has no circuit</source>
        <translation>diese Iteration hat keinen Schaltkreis</translation>
    </message>
    <message>
        <source>circuit of %1, the rest zero</source>
        <translation>Schaltkreis von %1, der Rest null</translation>
    </message>
    <message>
        <source>circuit of %1, the rest at its mean over %2 examples</source>
        <translation>Schaltkreis von %1, der Rest bei seinem Mittel über %2 Beispiele</translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>its name</source>
        <translation>sein Name</translation>
    </message>
    <message>
        <source>method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>updates done</source>
        <translation>ausgeführte Updates</translation>
    </message>
    <message>
        <source>a setting in which the runs differ</source>
        <translation>eine Einstellung, in der sich die Läufe unterscheiden</translation>
    </message>
    <message>
        <source>%1
before</source>
        <translation>%1
vorher</translation>
    </message>
    <message>
        <source>%1, before</source>
        <translation>%1, vorher</translation>
    </message>
    <message>
        <source>at the first evaluation</source>
        <translation>bei der ersten Auswertung</translation>
    </message>
    <message>
        <source>
after</source>
        <translation>
nachher</translation>
    </message>
    <message>
        <source>%1, after</source>
        <translation>%1, nachher</translation>
    </message>
    <message>
        <source>at the last evaluation</source>
        <translation>bei der letzten Auswertung</translation>
    </message>
    <message>
        <source>%1, change</source>
        <translation>%1, Änderung</translation>
    </message>
    <message>
        <source>capabilities, mean accuracy</source>
        <translation>Fähigkeiten, mittlere Genauigkeit</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>of the last batch, before its update</source>
        <translation>des letzten Batchs, vor seinem Update</translation>
    </message>
    <message>
        <source>turnover</source>
        <translation>Umschlag</translation>
    </message>
    <message>
        <source>share of a circuit&apos;s edges that the one before lacks, mean over the run</source>
        <translation>Anteil der Kanten eines Schaltkreises, die dem vorigen fehlen, Mittel über den Lauf</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>of a circuit and the one before, mean over the run</source>
        <translation>eines Schaltkreises und des vorigen, Mittel über den Lauf</translation>
    </message>
    <message>
        <source>stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>mean Jaccard index of two resamples&apos; circuits, mean over the circuits that were resampled</source>
        <translation>mittlerer Jaccard-Index der Schaltkreise zweier Resamples, Mittel über die Schaltkreise mit Resamples</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>mean over the steps</source>
        <translation>Mittel über die Schritte</translation>
    </message>
    <message>
        <source>tunable</source>
        <translation>trainierbar</translation>
    </message>
    <message>
        <source>share of the parameters that could change, mean over the run</source>
        <translation>Anteil der Parameter, die sich ändern konnten, Mittel über den Lauf</translation>
    </message>
    <message>
        <source>time per step</source>
        <translation>Zeit je Schritt</translation>
    </message>
    <message>
        <source>evaluations included</source>
        <translation>Auswertungen eingeschlossen</translation>
    </message>
    <message>
        <source>steps taken</source>
        <translation>Schritte bis dahin</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>%1 (run %2)</source>
        <translation>%1 (Lauf %2)</translation>
    </message>
</context>
<context>
    <name>RunProblems</name>
    <message>
        <source>“%1” is %2, but the graph of this model has %3 edges; choose at most that many.</source>
        <translation>„%1“ ist %2, aber der Graph dieses Modells hat %3 Kanten; höchstens so viele wählen.</translation>
    </message>
    <message>
        <source>“%1” is %2 and the run has %3 steps: all of it is warm-up, and the learning rate stays below what is set. Choose a shorter warm-up, or 0 for none.</source>
        <translation>„%1“ ist %2 und der Lauf hat %3 Schritte: Alles davon ist Anlauf, und die Lernrate bleibt unter dem eingestellten Wert. Einen kürzeren Anlauf wählen, oder 0 für keinen.</translation>
    </message>
    <message>
        <source>“%1” is %2, which %3 does not have; it has %4.</source>
        <translation>„%1“ ist %2, was %3 nicht hat; vorhanden ist %4.</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 sagt: %2</translation>
    </message>
    <message>
        <source>The examples lie on %1 and are read there</source>
        <translation>Die Beispiele liegen auf %1 und werden dort gelesen</translation>
    </message>
    <message>
        <source>: %1 that can be scored, the longest of %2 tokens</source>
        <translation>: %1, die bewertet werden können, das längste mit %2 Tokens</translation>
    </message>
    <message>
        <source>; held out, %1</source>
        <translation>; zurückgehalten %1</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>circuits of another program</source>
        <translation>Schaltkreise eines anderen Programms</translation>
    </message>
    <message>
        <source>N %1 · of checkpoints trained elsewhere</source>
        <translation>N %1 · von anderswo trainierten Checkpoints</translation>
    </message>
    <message>
        <source>of checkpoints trained elsewhere</source>
        <translation>von anderswo trainierten Checkpoints</translation>
    </message>
    <message>
        <source>all parameters</source>
        <translation>alle Parameter</translation>
    </message>
    <message>
        <source>low-rank adapters</source>
        <translation>Low-Rank-Adapter</translation>
    </message>
    <message>
        <source>biases</source>
        <translation>Biases</translation>
    </message>
    <message>
        <source>largest gradients · redrawn</source>
        <translation>größte Gradienten · neu gewählt</translation>
    </message>
    <message>
        <source>random entries · chosen once</source>
        <translation>zufällige Einträge · einmal gewählt</translation>
    </message>
    <message>
        <source>entries by %1 · chosen once</source>
        <translation>Einträge nach %1 · einmal gewählt</translation>
    </message>
    <message>
        <source>N %1</source>
        <translation>N %1</translation>
    </message>
    <message>
        <source>over a threshold</source>
        <translation>über einer Schwelle</translation>
    </message>
    <message>
        <source> · redrawn at random</source>
        <translation> · zufällig neu gezogen</translation>
    </message>
    <message>
        <source> · chosen once</source>
        <translation> · einmal gewählt</translation>
    </message>
    <message>
        <source> · every step</source>
        <translation> · jeden Schritt</translation>
    </message>
    <message>
        <source> · every %1 steps</source>
        <translation> · alle %1 Schritte</translation>
    </message>
    <message>
        <source>queued to resume</source>
        <translation>wartet auf Fortsetzung</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>in der Warteschlange</translation>
    </message>
    <message numerus="yes">
        <source>imported · %n circuit(s)</source>
        <translation>
            <numerusform>importiert · %n Schaltkreis</numerusform>
            <numerusform>importiert · %n Schaltkreise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s)</source>
        <translation>
            <numerusform>%n Checkpoint</numerusform>
            <numerusform>%n Checkpoints</numerusform>
        </translation>
    </message>
    <message>
        <source>failed · </source>
        <translation>gescheitert · </translation>
    </message>
    <message>
        <source>observed · </source>
        <translation>beobachtet · </translation>
    </message>
    <message>
        <source>observing · </source>
        <translation>beobachtet gerade · </translation>
    </message>
    <message>
        <source>stopped · </source>
        <translation>gestoppt · </translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>paused by another process · </source>
        <translation>von anderem Prozess angehalten · </translation>
    </message>
    <message>
        <source>trained by another process · </source>
        <translation>von anderem Prozess trainiert · </translation>
    </message>
    <message>
        <source>paused · </source>
        <translation>angehalten · </translation>
    </message>
    <message numerus="yes">
        <source>finished · %n step(s)</source>
        <translation>
            <numerusform>fertig · %n Schritt</numerusform>
            <numerusform>fertig · %n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>interrupted · </source>
        <translation>unterbrochen · </translation>
    </message>
    <message>
        <source>observed by another process · </source>
        <translation>von anderem Prozess beobachtet · </translation>
    </message>
</context>
<context>
    <name>SampleExperiment</name>
    <message>
        <source>Finished sample: subject-verb disagreement</source>
        <translation>Fertiges Beispiel: Kongruenz von Subjekt und Verb</translation>
    </message>
</context>
<context>
    <name>SettingField</name>
    <message>
        <source>Edges (N)</source>
        <translation>Kanten (N)</translation>
    </message>
    <message>
        <source>Schedule of N</source>
        <translation>Verlauf von N</translation>
    </message>
    <message>
        <source>First N</source>
        <translation>Erstes N</translation>
    </message>
    <message>
        <source>Iterations to N</source>
        <translation>Iterationen bis N</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Neuron groups</source>
        <translation>Neuronengruppen</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Name des Laufs</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Selection rule</source>
        <translation>Auswahlregel</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Held-out task</source>
        <translation>Zurückgehaltene Aufgabe</translation>
    </message>
    <message>
        <source>Reference task</source>
        <translation>Referenzaufgabe</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
</context>
<context>
    <name>SettingUse</name>
    <message>
        <source>Only LoRA uses it.</source>
        <translation>Nur LoRA benutzt es.</translation>
    </message>
    <message>
        <source>Only methods that choose single entries use it.</source>
        <translation>Nur Methoden, die einzelne Einträge wählen, benutzen es.</translation>
    </message>
    <message>
        <source>%1 needs no examples for it.</source>
        <translation>%1 braucht dafür keine Beispiele.</translation>
    </message>
    <message>
        <source>What %1 trains does not depend on it; circuits of %2 edges are recorded.</source>
        <translation>Was %1 trainiert, hängt nicht davon ab; aufgezeichnet werden Schaltkreise mit %2 Kanten.</translation>
    </message>
    <message>
        <source>The threshold decides how many edges a circuit has.</source>
        <translation>Die Schwelle entscheidet, wie viele Kanten ein Schaltkreis hat.</translation>
    </message>
    <message>
        <source>Only the selection rule “threshold” uses it.</source>
        <translation>Nur die Auswahlregel „threshold“ benutzt es.</translation>
    </message>
    <message>
        <source>N is the same all the time.</source>
        <translation>N ist die ganze Zeit gleich.</translation>
    </message>
    <message>
        <source>%1 opens no nodes.</source>
        <translation>%1 öffnet keine Knoten.</translation>
    </message>
    <message>
        <source>%1 trains them anyway.</source>
        <translation>%1 trainiert sie ohnehin.</translation>
    </message>
    <message>
        <source>%1 trains nothing else.</source>
        <translation>%1 trainiert sonst nichts.</translation>
    </message>
    <message>
        <source>Only SGD uses it.</source>
        <translation>Nur SGD benutzt es.</translation>
    </message>
    <message>
        <source>Only AdamW uses it.</source>
        <translation>Nur AdamW benutzt es.</translation>
    </message>
    <message>
        <source>The epochs decide how long the run is.</source>
        <translation>Die Epochen entscheiden, wie lang der Lauf ist.</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>F6, Shift+F6</source>
        <translation>F6, Umschalt+F6</translation>
    </message>
    <message>
        <source>Next part of the window, the one before</source>
        <translation>Nächster Teil des Fensters, voriger</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>Next control, the one before</source>
        <translation>Nächstes Bedienelement, voriges</translation>
    </message>
    <message>
        <source>Alt and an underlined letter</source>
        <translation>Alt und ein unterstrichener Buchstabe</translation>
    </message>
    <message>
        <source>Open that menu</source>
        <translation>Dieses Menü öffnen</translation>
    </message>
    <message>
        <source>In the runs</source>
        <translation>In den Läufen</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>Auf, Ab</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>Lauf wählen</translation>
    </message>
    <message>
        <source>Return or double click</source>
        <translation>Eingabe oder Doppelklick</translation>
    </message>
    <message>
        <source>Details and notes</source>
        <translation>Details und Notizen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete, or take out of the queue</source>
        <translation>Löschen, oder aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Click on a square</source>
        <translation>Klick auf ein Quadrat</translation>
    </message>
    <message>
        <source>Overlay the run&apos;s curves, or not</source>
        <translation>Kurven des Laufs überlagern, oder nicht</translation>
    </message>
    <message>
        <source>In the circuit</source>
        <translation>Im Schaltkreis</translation>
    </message>
    <message>
        <source>Up, Down, then all arrows</source>
        <translation>Auf, Ab, dann alle Pfeile</translation>
    </message>
    <message>
        <source>Walk from node to node</source>
        <translation>Von Knoten zu Knoten gehen</translation>
    </message>
    <message>
        <source>Click, Esc</source>
        <translation>Klick, Esc</translation>
    </message>
    <message>
        <source>Select, nothing</source>
        <translation>Auswählen, nichts</translation>
    </message>
    <message>
        <source>Shift and click, Shift and drag</source>
        <translation>Umschalt und Klick, Umschalt und Ziehen</translation>
    </message>
    <message>
        <source>Select more</source>
        <translation>Mehr auswählen</translation>
    </message>
    <message>
        <source>Isolate its paths</source>
        <translation>Seine Pfade isolieren</translation>
    </message>
    <message>
        <source>P, H, Shift+H</source>
        <translation>P, H, Umschalt+H</translation>
    </message>
    <message>
        <source>Pin, hide, show all</source>
        <translation>Anheften, verbergen, alles zeigen</translation>
    </message>
    <message>
        <source>Switch off, or on again</source>
        <translation>Ausschalten, wieder einschalten</translation>
    </message>
    <message>
        <source>G, menu key or right click</source>
        <translation>G, Menütaste oder Rechtsklick</translation>
    </message>
    <message>
        <source>Group, everything else</source>
        <translation>Gruppieren, alles andere</translation>
    </message>
    <message>
        <source>Drag, or Shift and arrows</source>
        <translation>Ziehen, oder Umschalt und Pfeile</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Wheel, + and −</source>
        <translation>Rad, + und −</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>F, Z</source>
        <translation>F, Z</translation>
    </message>
    <message>
        <source>Fit, zoom to the selection</source>
        <translation>Einpassen, auf die Auswahl zoomen</translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z</source>
        <translation>Strg+Z, Strg+Umschalt+Z</translation>
    </message>
    <message>
        <source>Undo and redo view changes; elsewhere, undo deleting</source>
        <translation>Änderungen der Ansicht rückgängig, wiederholen; anderswo Löschen rückgängig</translation>
    </message>
    <message>
        <source>In the timeline</source>
        <translation>In der Zeitleiste</translation>
    </message>
    <message>
        <source>Drag, wheel</source>
        <translation>Ziehen, Rad</translation>
    </message>
    <message>
        <source>Go through the iterations</source>
        <translation>Durch die Iterationen gehen</translation>
    </message>
    <message>
        <source>Drag a tab on the line</source>
        <translation>Einen Reiter auf der Linie ziehen</translation>
    </message>
    <message>
        <source>Where the loop begins or ends</source>
        <translation>Wo die Schleife beginnt oder endet</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>Rechtsklick</translation>
    </message>
    <message>
        <source>Loop or bookmark there</source>
        <translation>Schleife oder Lesezeichen dort</translation>
    </message>
    <message>
        <source>In the curves</source>
        <translation>In den Kurven</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <source>Previous and next iteration</source>
        <translation>Vorige und nächste Iteration</translation>
    </message>
    <message>
        <source>Click or drag</source>
        <translation>Klicken oder Ziehen</translation>
    </message>
    <message>
        <source>Go to that step</source>
        <translation>Zu diesem Schritt gehen</translation>
    </message>
    <message>
        <source>Zoom the steps</source>
        <translation>Schritte zoomen</translation>
    </message>
    <message>
        <source>Double click, 0</source>
        <translation>Doppelklick, 0</translation>
    </message>
    <message>
        <source>Show all steps</source>
        <translation>Alle Schritte zeigen</translation>
    </message>
    <message>
        <source>Up, Down, then Return</source>
        <translation>Auf, Ab, dann Eingabe</translation>
    </message>
    <message>
        <source>Choose a label, hide or show its line</source>
        <translation>Beschriftung wählen, ihre Linie verbergen oder zeigen</translation>
    </message>
    <message>
        <source>Click a label</source>
        <translation>Klick auf eine Beschriftung</translation>
    </message>
    <message>
        <source>Hide or show its line</source>
        <translation>Ihre Linie verbergen oder zeigen</translation>
    </message>
    <message>
        <source>Shift and Left, Right, or drag</source>
        <translation>Umschalt und Links, Rechts, oder Ziehen</translation>
    </message>
    <message>
        <source>Choose what is played</source>
        <translation>Wählen, was abgespielt wird</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis, or not</source>
        <translation>Logarithmische senkrechte Achse, oder nicht</translation>
    </message>
    <message>
        <source>Ctrl+Shift and Left, Right</source>
        <translation>Strg+Umschalt und Links, Rechts</translation>
    </message>
    <message>
        <source>Move the plot</source>
        <translation>Diagramm verschieben</translation>
    </message>
    <message>
        <source>Delete, menu key or right click</source>
        <translation>Entf, Menütaste oder Rechtsklick</translation>
    </message>
    <message>
        <source>Take the plot away, change it</source>
        <translation>Diagramm wegnehmen, ändern</translation>
    </message>
    <message>
        <source>In the dynamics</source>
        <translation>In der Dynamik</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Go to that iteration, select its edges</source>
        <translation>Zu dieser Iteration gehen, ihre Kanten auswählen</translation>
    </message>
    <message>
        <source>Drag over rows</source>
        <translation>Über Zeilen ziehen</translation>
    </message>
    <message>
        <source>Select them</source>
        <translation>Sie auswählen</translation>
    </message>
    <message>
        <source>Wheel, + and −, 0</source>
        <translation>Rad, + und −, 0</translation>
    </message>
    <message>
        <source>Zoom the rows, show all</source>
        <translation>Zeilen zoomen, alle zeigen</translation>
    </message>
    <message>
        <source>Walk through what is shown, go there</source>
        <translation>Durch das Gezeigte gehen, dorthin gehen</translation>
    </message>
    <message>
        <source>In the bookmarks</source>
        <translation>In den Lesezeichen</translation>
    </message>
    <message>
        <source>Click or Return</source>
        <translation>Klick oder Eingabe</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin gehen</translation>
    </message>
    <message>
        <source>F2, Delete</source>
        <translation>F2, Entf</translation>
    </message>
    <message>
        <source>Name and note, delete</source>
        <translation>Name und Notiz, löschen</translation>
    </message>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
    <message>
        <source>In the documents</source>
        <translation>In den Dokumenten</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Find, on the page or in all of them</source>
        <translation>Suchen, auf der Seite oder in allen</translation>
    </message>
    <message>
        <source>F3, Shift+F3</source>
        <translation>F3, Umschalt+F3</translation>
    </message>
    <message>
        <source>Next place, the one before</source>
        <translation>Nächste Stelle, die davor</translation>
    </message>
</context>
<context>
    <name>SourcePreview</name>
    <message>
        <source>after token %1, %2: %3</source>
        <translation>nach Token %1, %2: %3</translation>
    </message>
    <message>
        <source>after token %1, %2: %3 against %4</source>
        <translation>nach Token %1, %2: %3 gegen %4</translation>
    </message>
    <message>
        <source>right is %1 among %2 choices, not %3</source>
        <translation>richtig ist %1 unter %2 Antworten, nicht %3</translation>
    </message>
    <message>
        <source>right is %1 among %2 choices</source>
        <translation>richtig ist %1 unter %2 Antworten</translation>
    </message>
    <message>
        <source>%1 examples; the first %2 can all be scored.</source>
        <translation>%1 Beispiele; die ersten %2 können alle bewertet werden.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln example(s), all of which can be scored.</source>
        <translation>
            <numerusform>%Ln Beispiel, das bewertet werden kann.</numerusform>
            <numerusform>%Ln Beispiele, die alle bewertet werden können.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 examples; of the first %2, %3 cannot be scored</source>
        <translation>%1 Beispiele; von den ersten %2 können %3 nicht bewertet werden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln example(s); %1 cannot be scored</source>
        <translation>
            <numerusform>%Ln Beispiel; nicht bewertet werden kann %1</numerusform>
            <numerusform>%Ln Beispiele; nicht bewertet werden können %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>Drawn for this model&apos;s tokenizer, up to %1 examples.</source>
        <translation>Für den Tokenizer dieses Modells gezogen, bis zu %1 Beispiele.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln target(s) look(s) like a mistake: %1.</source>
        <translation>
            <numerusform>%Ln Ziel sieht nach einem Fehler aus: %1.</numerusform>
            <numerusform>%Ln Ziele sehen nach einem Fehler aus: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>The task %1 has no example this model can be scored on.</source>
        <translation>Die Aufgabe %1 hat kein Beispiel, das mit diesem Modell bewertet werden kann.</translation>
    </message>
    <message>
        <source>A text: its perplexity is measured, token by token.</source>
        <translation>Ein Text: Seine Perplexität wird gemessen, Token für Token.</translation>
    </message>
    <message>
        <source>Questions that the model answers in words: %1.</source>
        <translation>Fragen, die das Modell in Worten beantwortet: %1.</translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message>
        <source>%1 processes share the run in training. They can go on without this window, and the run is shown when its file is opened again; or they stop, and the run can go on from there.</source>
        <translation>%1 Prozesse teilen sich den laufenden Trainingslauf. Sie können ohne dieses Fenster weitermachen, und der Lauf wird gezeigt, wenn seine Datei wieder geöffnet wird; oder sie hören auf, und der Lauf kann von dort fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Stop the run in training? What it has written stays in its file, and it can go on from there.</source>
        <translation>Den laufenden Trainingslauf stoppen? Was er geschrieben hat, bleibt in seiner Datei, und er kann von dort fortgesetzt werden.</translation>
    </message>
    <message numerus="yes">
        <source>The %n run(s) that wait(s) is/are there again when this file is opened.</source>
        <translation>
            <numerusform>Der wartende Lauf ist wieder da, wenn diese Datei geöffnet wird.</numerusform>
            <numerusform>Die %n wartenden Läufe sind wieder da, wenn diese Datei geöffnet wird.</numerusform>
        </translation>
    </message>
    <message>
        <source>A run is in training</source>
        <translation>Ein Lauf wird trainiert</translation>
    </message>
    <message>
        <source>&amp;Stop the run</source>
        <translation>Lauf &amp;stoppen</translation>
    </message>
    <message>
        <source>&amp;Let it go on</source>
        <translation>&amp;Weiterlaufen lassen</translation>
    </message>
</context>
<context>
    <name>StudyFigures</name>
    <message>
        <source>share of the change, squared</source>
        <translation>Anteil der Änderung, quadriert</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Figure that is shown</source>
        <translation>Angezeigte Zahl</translation>
    </message>
</context>
<context>
    <name>SweepChart</name>
    <message>
        <source>other settings</source>
        <translation>andere Einstellungen</translation>
    </message>
    <message>
        <source>%1: mean</source>
        <translation>%1: Mittel</translation>
    </message>
    <message>
        <source>%1: standard deviation</source>
        <translation>%1: Standardabweichung</translation>
    </message>
    <message>
        <source>%1: runs</source>
        <translation>%1: Läufe</translation>
    </message>
</context>
<context>
    <name>SweepDrawing</name>
    <message numerus="yes">
        <source>%1: %2 %3 of %n run(s)</source>
        <translation>
            <numerusform>%1: %2 %3 von einem Lauf</numerusform>
            <numerusform>%1: %2 %3 von %n Läufen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (logarithmic)</source>
        <translation>%1 (logarithmisch)</translation>
    </message>
</context>
<context>
    <name>SweepPicture</name>
    <message>
        <source>Sweep</source>
        <translation>Sweep</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>SVG (*.svg);;PDF (*.pdf);;PNG (*.png);;The numbers as CSV (*.csv)</source>
        <translation>SVG (*.svg);;PDF (*.pdf);;PNG (*.png);;Die Zahlen als CSV (*.csv)</translation>
    </message>
</context>
<context>
    <name>SweepPlan</name>
    <message>
        <source>“%1” is %2 in one of the runs, but the graph of this model has %3 edges; choose at most that many.</source>
        <translation>„%1“ ist in einem der Läufe %2, aber der Graph dieses Modells hat %3 Kanten; höchstens so viele wählen.</translation>
    </message>
    <message>
        <source>The sweep has more than %1 runs; give it fewer values or seeds.</source>
        <translation>Der Sweep hat mehr als %1 Läufe; weniger Werte oder Seeds angeben.</translation>
    </message>
    <message>
        <source>“%1” would make no difference. %2</source>
        <translation>„%1“ würde nichts ändern. %2</translation>
    </message>
</context>
<context>
    <name>TaskChoices</name>
    <message>
        <source>The demo&apos;s language: the wrong form of a verb, as in “the dogs runs”.</source>
        <translation>Die Sprache der Demo: die falsche Verbform, wie in „the dogs runs“.</translation>
    </message>
    <message>
        <source>The demo&apos;s language: “he” or “she” after an occupation.</source>
        <translation>Die Sprache der Demo: „he“ oder „she“ nach einem Beruf.</translation>
    </message>
    <message>
        <source>The demo&apos;s language: one country gets another capital.</source>
        <translation>Die Sprache der Demo: Ein Land bekommt eine andere Hauptstadt.</translation>
    </message>
    <message>
        <source>The demo&apos;s language.</source>
        <translation>Die Sprache der Demo.</translation>
    </message>
    <message>
        <source>Plain English, %1.</source>
        <translation>Gewöhnliches Englisch, %1.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Nothing tells whether what is taught reaches other sentences.</source>
        <translation>Nichts sagt dann, ob das Gelehrte andere Sätze erreicht.</translation>
    </message>
</context>
<context>
    <name>TimelineMarks</name>
    <message>
        <source>in turn</source>
        <translation>an der Reihe</translation>
    </message>
    <message>
        <source>at a pause</source>
        <translation>beim Anhalten</translation>
    </message>
    <message>
        <source>where it was stopped</source>
        <translation>wo er gestoppt wurde</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>the best so far</source>
        <translation>der bisher beste</translation>
    </message>
    <message>
        <source>the latest, in case the program is ended</source>
        <translation>der jüngste, falls das Programm endet</translation>
    </message>
    <message>
        <source>&lt;b&gt;Iteration %1&lt;/b&gt;, step %2</source>
        <translation>&lt;b&gt;Iteration %1&lt;/b&gt;, Schritt %2</translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s) entered</source>
        <translation>
            <numerusform>%n Kante eingetreten</numerusform>
            <numerusform>%n Kanten eingetreten</numerusform>
        </translation>
    </message>
    <message>
        <source>&lt;b&gt;Large change&lt;/b&gt; at %1: %2 of the circuit is new; %3 is usual here</source>
        <translation>&lt;b&gt;Große Änderung&lt;/b&gt; bei %1: %2 des Schaltkreises sind neu; %3 sind hier üblich</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; at step %2</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; bei Schritt %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;Bookmark&lt;/b&gt; %1: %2</source>
        <translation>&lt;b&gt;Lesezeichen&lt;/b&gt; %1: %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;Checkpoint&lt;/b&gt; of step %1, %2 (%3)</source>
        <translation>&lt;b&gt;Checkpoint&lt;/b&gt; von Schritt %1, %2 (%3)</translation>
    </message>
    <message>
        <source>Evaluated at step %1</source>
        <translation>Ausgewertet bei Schritt %1</translation>
    </message>
</context>
<context>
    <name>TransferContent</name>
    <message>
        <source>f of circuit in model</source>
        <translation>f des Schaltkreises im Modell</translation>
    </message>
    <message>
        <source>The circuit of iteration %1 in the model of iteration %2: f %3, random circuits %4</source>
        <translation>Der Schaltkreis von Iteration %1 im Modell von Iteration %2: f %3, zufällige Schaltkreise %4</translation>
    </message>
    <message>
        <source>Jaccard of the circuits</source>
        <translation>Jaccard der Schaltkreise</translation>
    </message>
    <message>
        <source>The circuits of iterations %1 and %2: Jaccard %3, by chance %4</source>
        <translation>Die Schaltkreise der Iterationen %1 und %2: Jaccard %3, zufällig %4</translation>
    </message>
</context>
<context>
    <name>UnfinishedExports</name>
    <message>
        <source>An export is being written</source>
        <translation>Ein Export wird geschrieben</translation>
    </message>
    <message>
        <source>Quit before it is finished? What has been written of it is thrown away.</source>
        <translation>Beenden, bevor er fertig ist? Das schon Geschriebene wird verworfen.</translation>
    </message>
    <message>
        <source>&amp;Throw it away</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>&amp;Go on writing</source>
        <translation>&amp;Weiterschreiben</translation>
    </message>
</context>
<context>
    <name>UnsavedExperiments</name>
    <message>
        <source>A run is being trained into %1; stop it first.</source>
        <translation>Ein Lauf wird in %1 trainiert; zuerst stoppen.</translation>
    </message>
    <message>
        <source>%1 cannot be deleted: %2.</source>
        <translation>%1 kann nicht gelöscht werden: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>WaitingRuns</name>
    <message>
        <source>A run that waited cannot be read from %1: %2</source>
        <translation>Ein Lauf, der wartete, kann nicht aus %1 gelesen werden: %2</translation>
    </message>
    <message>
        <source>The run waits, but only until the program ends. %1</source>
        <translation>Der Lauf wartet, aber nur, bis das Programm endet. %1</translation>
    </message>
    <message>
        <source>The runs that wait cannot be moved from %1 to %2.</source>
        <translation>Die wartenden Läufe können nicht von %1 nach %2 gebracht werden.</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New experiment</source>
        <translation>&amp;Neues Experiment</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>O&amp;pen remote…</source>
        <translation>&amp;Entferntes öffnen…</translation>
    </message>
    <message>
        <source>A file on another machine, over your own ssh; it is shown as it grows</source>
        <translation>Eine Datei auf einem anderen Rechner, über das eigene ssh; gezeigt, während sie wächst</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter…</translation>
    </message>
    <message>
        <source>Co&amp;mpact…</source>
        <translation>&amp;Verdichten…</translation>
    </message>
    <message>
        <source>Makes the file as small as what it holds</source>
        <translation>Macht die Datei so klein wie das, was sie enthält</translation>
    </message>
    <message>
        <source>&amp;Import circuits…</source>
        <translation>Schaltkreise &amp;importieren…</translation>
    </message>
    <message>
        <source>Graph JSON of EAP-IG and log.jsonl of circuit-tuning&apos;s repository become runs</source>
        <translation>Graph-JSON von EAP-IG und log.jsonl aus dem Repository von circuit-tuning werden zu Läufen</translation>
    </message>
    <message>
        <source>Import a fol&amp;der of circuits…</source>
        <translation>&amp;Ordner mit Schaltkreisen importieren…</translation>
    </message>
    <message>
        <source>A file of graph JSON for each step, as EAP-IG writes them</source>
        <translation>Eine Datei Graph-JSON für jeden Schritt, wie EAP-IG sie schreibt</translation>
    </message>
    <message>
        <source>O&amp;bserve a series…</source>
        <translation>Se&amp;rie beobachten…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Export a &amp;film…</source>
        <translation>Fil&amp;m exportieren…</translation>
    </message>
    <message>
        <source>Export c&amp;urves…</source>
        <translation>&amp;Kurven exportieren…</translation>
    </message>
    <message>
        <source>Export repor&amp;t…</source>
        <translation>Berich&amp;t exportieren…</translation>
    </message>
    <message>
        <source>&amp;Copy the circuit&apos;s picture</source>
        <translation>Bil&amp;d des Schaltkreises kopieren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>Run the &amp;demo</source>
        <translation>&amp;Demo starten</translation>
    </message>
    <message>
        <source>&amp;New run</source>
        <translation>&amp;Neuer Lauf</translation>
    </message>
    <message>
        <source>&amp;Choose everything…</source>
        <translation>&amp;Alles wählen…</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>The run rests after its next step; once more, and it goes on</source>
        <translation>Der Lauf ruht nach seinem nächsten Schritt; noch einmal, und er geht weiter</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <source>R&amp;esume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>The run goes on: where it is paused, or from its last checkpoint</source>
        <translation>Der Lauf geht weiter: wo er angehalten ist, oder von seinem letzten Checkpoint</translation>
    </message>
    <message>
        <source>Start &amp;waiting runs</source>
        <translation>&amp;Wartende Läufe starten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Those that were queued when the file was closed begin in turn</source>
        <translation>Was beim Schließen der Datei in der Warteschlange war, beginnt der Reihe nach</translation>
    </message>
    <message>
        <source>Empt&amp;y the queue</source>
        <translation>Warteschlange &amp;leeren</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Takes out every run that has not begun; the run in training goes on</source>
        <translation>Nimmt jeden Lauf heraus, der nicht begonnen hat; der im Training geht weiter</translation>
    </message>
    <message>
        <source>D&amp;uplicate with changes…</source>
        <translation>Mit Änderungen d&amp;uplizieren…</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Um&amp;benennen</translation>
    </message>
    <message>
        <source>Details and n&amp;otes…</source>
        <translation>De&amp;tails und Notizen…</translation>
    </message>
    <message>
        <source>O&amp;verlay its curves</source>
        <translation>Seine &amp;Kurven überlagern</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>All runs in a table</source>
        <translation>Alle Läufe in einer Tabelle</translation>
    </message>
    <message>
        <source>Consensus of t&amp;he shown runs…</source>
        <translation>K&amp;onsens der gezeigten Läufe…</translation>
    </message>
    <message>
        <source>What the shown runs&apos; last circuits agree on becomes a run; of one run alone, what all its circuits agree on</source>
        <translation>Worin die letzten Schaltkreise der gezeigten Läufe übereinstimmen, wird zu einem Lauf; bei nur einem Lauf, worin alle seine Schaltkreise übereinstimmen</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>Lösc&amp;hen…</translation>
    </message>
    <message>
        <source>U&amp;ndo deleting a run or bookmark</source>
        <translation>Lauf oder Lesezeichen &amp;zurückholen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>&amp;Helles Design</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>&amp;Dunkles Design</translation>
    </message>
    <message>
        <source>Theme of the &amp;system</source>
        <translation>Design des &amp;Systems</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>Ne&amp;xt part of the window</source>
        <translation>&amp;Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>Pre&amp;vious part of the window</source>
        <translation>&amp;Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>F&amp;ind in the circuit</source>
        <translation>&amp;Im Schaltkreis suchen</translation>
    </message>
    <message>
        <source>&amp;Undo view change</source>
        <translation>Änderung der Ansicht &amp;rückgängig</translation>
    </message>
    <message>
        <source>Re&amp;do view change</source>
        <translation>Änderung der Ansicht &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;Fit circuit</source>
        <translation>Schaltkreis &amp;einpassen</translation>
    </message>
    <message>
        <source>&amp;More edges</source>
        <translation>&amp;Mehr Kanten</translation>
    </message>
    <message>
        <source>F&amp;ewer edges</source>
        <translation>Weni&amp;ger Kanten</translation>
    </message>
    <message>
        <source>La&amp;yout</source>
        <translation>An&amp;ordnung</translation>
    </message>
    <message>
        <source>&amp;Lattice layout</source>
        <translation>&amp;Gitter</translation>
    </message>
    <message>
        <source>&amp;Dot layout</source>
        <translation>&amp;Dot</translation>
    </message>
    <message>
        <source>&amp;Matrix layout</source>
        <translation>&amp;Matrix</translation>
    </message>
    <message>
        <source>Compare &amp;colours with this iteration</source>
        <translation>&amp;Farben mit dieser Iteration vergleichen</translation>
    </message>
    <message>
        <source>Edge &amp;width</source>
        <translation>&amp;Kantenbreite</translation>
    </message>
    <message>
        <source>In &amp;proportion to |score|</source>
        <translation>&amp;Proportional zu |Score|</translation>
    </message>
    <message>
        <source>By its &amp;root</source>
        <translation>Nach der &amp;Wurzel</translation>
    </message>
    <message>
        <source>By its &amp;logarithm</source>
        <translation>Nach dem &amp;Logarithmus</translation>
    </message>
    <message>
        <source>Show &amp;all steps in the curves</source>
        <translation>&amp;Alle Schritte in den Kurven zeigen</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>Beweg&amp;ung verringern</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>&amp;Zeitleiste</translation>
    </message>
    <message>
        <source>&amp;First iteration</source>
        <translation>&amp;Erste Iteration</translation>
    </message>
    <message>
        <source>&amp;Previous iteration</source>
        <translation>&amp;Vorige Iteration</translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Next iteration</source>
        <translation>&amp;Nächste Iteration</translation>
    </message>
    <message>
        <source>L&amp;ast iteration, follow training</source>
        <translation>&amp;Letzte Iteration, dem Training folgen</translation>
    </message>
    <message>
        <source>Fas&amp;ter</source>
        <translation>&amp;Schneller</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>Lan&amp;gsamer</translation>
    </message>
    <message>
        <source>&amp;Repeat</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Start loop &amp;here</source>
        <translation>Schleife hier &amp;beginnen</translation>
    </message>
    <message>
        <source>&amp;End loop here</source>
        <translation>Schleife &amp;hier enden lassen</translation>
    </message>
    <message>
        <source>&amp;Clear loop</source>
        <translation>S&amp;chleife aufheben</translation>
    </message>
    <message>
        <source>Ne&amp;xt mark</source>
        <translation>Nächste &amp;Marke</translation>
    </message>
    <message>
        <source>Pre&amp;vious mark</source>
        <translation>Vo&amp;rige Marke</translation>
    </message>
    <message>
        <source>&amp;Go to iteration or step…</source>
        <translation>&amp;Zu Iteration oder Schritt gehen…</translation>
    </message>
    <message>
        <source>Add &amp;bookmark…</source>
        <translation>Lesezeichen hinzu&amp;fügen…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Documents</source>
        <translation>&amp;Dokumente</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;Copy diagnostics</source>
        <translation>Diagnose &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;About Circuitloom</source>
        <translation>Ü&amp;ber Circuitloom</translation>
    </message>
    <message>
        <source>Checkpoints that others trained, or circuits that they found, become a run</source>
        <translation>Checkpoints, die andere trainiert haben, oder Schaltkreise, die sie gefunden haben, werden ein Lauf</translation>
    </message>
    <message>
        <source>Settin&amp;gs…</source>
        <translation>Einste&amp;llungen…</translation>
    </message>
    <message>
        <source>Ta&amp;ble of the curves…</source>
        <translation>&amp;Tabelle der Kurven…</translation>
    </message>
    <message>
        <source>Lar&amp;ger text</source>
        <translation>S&amp;chrift größer</translation>
    </message>
    <message>
        <source>Smaller &amp;text</source>
        <translation>Schrift k&amp;leiner</translation>
    </message>
    <message>
        <source>Text of t&amp;he usual size</source>
        <translation>Schriftgröße zurückset&amp;zen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AblatePanel</name>
    <message>
        <source>Switch all on</source>
        <translation>Alles einschalten</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>without</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>items</source>
        <translation>Items</translation>
    </message>
    <message>
        <source>ABLATE</source>
        <translation>ABLATION</translation>
    </message>
    <message>
        <source>What is switched off</source>
        <translation>Was ausgeschaltet ist</translation>
    </message>
    <message>
        <source>Delete switches what is selected here on again</source>
        <translation>Entf schaltet hier Ausgewähltes wieder ein</translation>
    </message>
    <message>
        <source>At most so many of the task&apos;s examples, and of each suite&apos;s items</source>
        <translation>Höchstens so viele Beispiele der Aufgabe und Items jedes Fähigkeitstests</translation>
    </message>
    <message>
        <source>So many random choices of as many nodes and edges are ablated for comparison</source>
        <translation>So oft werden zum Vergleich ebenso viele zufällig gewählte Knoten und Kanten ablatiert</translation>
    </message>
    <message>
        <source>Figures with and without what is switched off</source>
        <translation>Zahlen mit und ohne das Ausgeschaltete</translation>
    </message>
    <message>
        <source>The change by a random choice of as many nodes and edges: mean ± standard deviation</source>
        <translation>Die Änderung durch ebenso viele zufällig gewählte Knoten und Kanten: Mittel ± Standardabweichung</translation>
    </message>
    <message>
        <source>&amp;Items</source>
        <translation>&amp;Items</translation>
    </message>
    <message>
        <source>&amp;Random draws</source>
        <translation>&amp;Zufallsziehungen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>This run has no circuit yet: once it has one, what is switched off in it is ablated here.</source>
        <translation>Dieser Lauf hat noch keinen Schaltkreis: Sobald er einen hat, wird hier ablatiert, was darin ausgeschaltet ist.</translation>
    </message>
    <message>
        <source>Open an experiment, or run the demo: then what is switched off in the circuit is ablated here.</source>
        <translation>Ein Experiment öffnen oder die Demo starten: Dann wird hier ablatiert, was im Schaltkreis ausgeschaltet ist.</translation>
    </message>
    <message>
        <source>Nothing is switched off. Select nodes or edges in the circuit and press Delete.</source>
        <translation>Nichts ist ausgeschaltet. Im Schaltkreis Knoten oder Kanten auswählen und Entf drücken.</translation>
    </message>
    <message>
        <source>The run&apos;s configuration names no task to measure on.</source>
        <translation>Die Konfiguration des Laufs nennt keine Aufgabe, an der gemessen werden kann.</translation>
    </message>
    <message>
        <source>waiting for the engine</source>
        <translation>wartet auf den Rechenkern</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 von %3)</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 edges ablated</source>
        <translation>%1 · %2 von %3 Kanten ablatiert</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AblationLists</name>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Lists of what is switched off, kept with the file</source>
        <translation>Listen des Ausgeschalteten, mit der Datei aufbewahrt</translation>
    </message>
    <message>
        <source>Keep what is switched off…</source>
        <translation>Ausgeschaltetes merken…</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Drop a list</source>
        <translation>Liste verwerfen</translation>
    </message>
    <message>
        <source>Keep what is switched off</source>
        <translation>Ausgeschaltetes merken</translation>
    </message>
    <message>
        <source>Name of the list:</source>
        <translation>Name der Liste:</translation>
    </message>
    <message>
        <source>list %1</source>
        <translation>Liste %1</translation>
    </message>
    <message>
        <source>Replace the list?</source>
        <translation>Liste ersetzen?</translation>
    </message>
    <message>
        <source>There is a list “%1” already.</source>
        <translation>Eine Liste „%1“ gibt es schon.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AlluvialView</name>
    <message>
        <source>Groups of edges</source>
        <translation>Gruppen von Kanten</translation>
    </message>
    <message>
        <source>by the layer that writes</source>
        <translation>nach der schreibenden Schicht</translation>
    </message>
    <message>
        <source>by the layer that reads</source>
        <translation>nach der lesenden Schicht</translation>
    </message>
    <message>
        <source>by the selected nodes</source>
        <translation>nach den gewählten Knoten</translation>
    </message>
    <message>
        <source>Iterations, separated by commas</source>
        <translation>Iterationen, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Iterations, separated by commas; empty for %1 spread over the run</source>
        <translation>Iterationen, durch Kommas getrennt; leer für %1 über den Lauf verteilte</translation>
    </message>
    <message>
        <source>Edges that stayed, left and came between iterations</source>
        <translation>Kanten, die zwischen Iterationen blieben, gingen und kamen</translation>
    </message>
    <message>
        <source>At iterations</source>
        <translation>Bei Iterationen</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>out</source>
        <translation>draußen</translation>
    </message>
    <message numerus="yes">
        <source>%1 at %2: %n edge(s)</source>
        <translation>
            <numerusform>%1 bei %2: %n Kante</numerusform>
            <numerusform>%1 bei %2: %n Kanten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edge(s) entered, iterations %2 and %3</source>
        <translation>
            <numerusform>%1: %n Kante eingetreten, Iterationen %2 und %3</numerusform>
            <numerusform>%1: %n Kanten eingetreten, Iterationen %2 und %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edge(s) left, iterations %2 and %3</source>
        <translation>
            <numerusform>%1: %n Kante ausgetreten, Iterationen %2 und %3</numerusform>
            <numerusform>%1: %n Kanten ausgetreten, Iterationen %2 und %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edge(s) is/are in at both, iterations %2 and %3</source>
        <translation>
            <numerusform>%1: %n Kante ist in beiden, Iterationen %2 und %3</numerusform>
            <numerusform>%1: %n Kanten sind in beiden, Iterationen %2 und %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AnswerState</name>
    <message>
        <source>Ask again</source>
        <translation>Noch einmal fragen</translation>
    </message>
    <message>
        <source>Asking the model …</source>
        <translation>Frage an das Modell …</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AttentionGrid</name>
    <message>
        <source>Attention of the circuit&apos;s heads</source>
        <translation>Attention der Köpfe des Schaltkreises</translation>
    </message>
    <message>
        <source>Attention of all heads</source>
        <translation>Attention aller Köpfe</translation>
    </message>
    <message>
        <source>%1 on “%2”, %3</source>
        <translation>%1 auf „%2“, %3</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AttentionMap</name>
    <message>
        <source>“%1” looks at “%2”: %3 %</source>
        <translation>„%1“ blickt auf „%2“: %3 %</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::BookmarkCommands</name>
    <message>
        <source>The bookmark “%1” was deleted.</source>
        <translation>Das Lesezeichen „%1“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::BookmarkDialog</name>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Bookmark at iteration %1</source>
        <translation>Lesezeichen bei Iteration %1</translation>
    </message>
    <message>
        <source>What the list of bookmarks calls it</source>
        <translation>Wie die Liste der Lesezeichen es nennt</translation>
    </message>
    <message>
        <source>What there is to see here</source>
        <translation>Was es hier zu sehen gibt</translation>
    </message>
    <message>
        <source>Shown with the bookmark on the timeline</source>
        <translation>Wird mit dem Lesezeichen auf der Zeitleiste gezeigt</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>N&amp;ote</source>
        <translation>N&amp;otiz</translation>
    </message>
    <message>
        <source>The name may have up to %1 bytes; this one has %2.</source>
        <translation>Der Name darf bis zu %1 Bytes haben; dieser hat %2.</translation>
    </message>
    <message>
        <source>The note may have up to %1 bytes; this one has %2.</source>
        <translation>Die Notiz darf bis zu %1 Bytes haben; diese hat %2.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::BookmarksPanel</name>
    <message>
        <source>BOOKMARKS</source>
        <translation>LESEZEICHEN</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Bookmark the iteration that is shown (%1)</source>
        <translation>Lesezeichen bei der gezeigten Iteration (%1)</translation>
    </message>
    <message>
        <source>Add bookmark</source>
        <translation>Lesezeichen hinzufügen</translation>
    </message>
    <message>
        <source>%1 marks the iteration that is shown.</source>
        <translation>%1 merkt die gezeigte Iteration vor.</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>&amp;Go there	Return</source>
        <translation>&amp;Dorthin gehen	Eingabe</translation>
    </message>
    <message>
        <source>&amp;Edit…	F2</source>
        <translation>&amp;Bearbeiten…	F2</translation>
    </message>
    <message>
        <source>&amp;Delete	Del</source>
        <translation>&amp;Löschen	Entf</translation>
    </message>
    <message>
        <source>Iteration %1: %2</source>
        <translation>Iteration %1: %2</translation>
    </message>
    <message>
        <source>The run does not have this iteration now.</source>
        <translation>Der Lauf hat diese Iteration jetzt nicht.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CapabilityList</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Leave the chosen suites out</source>
        <translation>Die gewählten Fähigkeitstests weglassen</translation>
    </message>
    <message>
        <source>Capability suites</source>
        <translation>Fähigkeitstests</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a suite</source>
        <translation>Fähigkeitstest hinzufügen</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Dateien…</translation>
    </message>
    <message>
        <source>Demo&apos;s language: %1</source>
        <translation>Sprache der Demo: %1</translation>
    </message>
    <message>
        <source>File on %1…</source>
        <translation>Datei auf %1…</translation>
    </message>
    <message>
        <source>Choices (*.jsonl) or a text for perplexity (*.jsonl *.txt)</source>
        <translation>Auswahlfragen (*.jsonl) oder ein Text für die Perplexität (*.jsonl *.txt)</translation>
    </message>
    <message>
        <source>Path on %1, as in /data/suite.jsonl or /data/text.txt:</source>
        <translation>Pfad auf %1, wie /data/suite.jsonl oder /data/text.txt:</translation>
    </message>
    <message>
        <source>Plain English: %1</source>
        <translation>Einfaches Englisch: %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CircuitPanel</name>
    <message>
        <source>the previous</source>
        <translation>der vorigen</translation>
    </message>
    <message>
        <source>the start</source>
        <translation>dem Anfang</translation>
    </message>
    <message>
        <source>iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CircuitToolbar</name>
    <message>
        <source>Lattice</source>
        <translation>Gitter</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>Dot</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Show everything (F)</source>
        <translation>Alles zeigen (F)</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>change since start</source>
        <translation>Änderung seit dem Anfang</translation>
    </message>
    <message>
        <source>change since previous</source>
        <translation>Änderung seit der vorigen</translation>
    </message>
    <message>
        <source>change since iteration %1</source>
        <translation>Änderung seit Iteration %1</translation>
    </message>
    <message>
        <source>sign of the score</source>
        <translation>Vorzeichen des Scores</translation>
    </message>
    <message>
        <source>query, key, value</source>
        <translation>Query, Key, Value</translation>
    </message>
    <message>
        <source>age in the circuit</source>
        <translation>Alter im Schaltkreis</translation>
    </message>
    <message>
        <source>certainty</source>
        <translation>Gewissheit</translation>
    </message>
    <message>
        <source>one colour</source>
        <translation>eine Farbe</translation>
    </message>
    <message>
        <source>What the edges&apos; colours say</source>
        <translation>Was die Farben der Kanten sagen</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Every node at its place: heads in columns, MLPs above</source>
        <translation>Jeder Knoten an seinem Platz: Köpfe in Spalten, MLPs darüber</translation>
    </message>
    <message>
        <source>Lattice layout</source>
        <translation>Anordnung als Gitter</translation>
    </message>
    <message>
        <source>Only the nodes of the run&apos;s circuits, in the order in which their edges cross least (Graphviz)</source>
        <translation>Nur die Knoten aus den Schaltkreisen des Laufs, in der Reihenfolge, in der sich ihre Kanten am wenigsten kreuzen (Graphviz)</translation>
    </message>
    <message>
        <source>Dot layout</source>
        <translation>Anordnung durch Dot</translation>
    </message>
    <message>
        <source>A row for each node that is read, a column for each that reads: no edge hides another</source>
        <translation>Eine Zeile für jeden gelesenen Knoten, eine Spalte für jeden lesenden: Keine Kante verdeckt eine andere</translation>
    </message>
    <message>
        <source>Matrix layout</source>
        <translation>Anordnung als Matrix</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Show only a share of the score, some kinds or layers, connected edges, what entered or left</source>
        <translation>Nur einen Anteil des Scores zeigen, manche Arten oder Schichten, verbundene Kanten, was eintrat oder austrat</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show what is hidden or not isolated (Shift+H)</source>
        <translation>Zeigt, was verborgen oder nicht isoliert ist (Umschalt+H)</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>Stärkste</translation>
    </message>
    <message>
        <source>Filter •</source>
        <translation>Filter •</translation>
    </message>
    <message>
        <source>, %1 hidden</source>
        <translation>, %1 verborgen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 edges</source>
        <translation>%1 von %2 Kanten</translation>
    </message>
    <message>
        <source>%1 of the circuit&apos;s %2 edges are shown, %3 are hidden</source>
        <translation>%1 der %2 Kanten des Schaltkreises sind gezeigt, %3 sind verborgen</translation>
    </message>
    <message>
        <source>; %1 trainable entries at step %2</source>
        <translation>; %1 trainierbare Einträge bei Schritt %2</translation>
    </message>
    <message>
        <source> · stability %1 (random %2)</source>
        <translation> · Stabilität %1 (zufällig %2)</translation>
    </message>
    <message>
        <source> · stability %1</source>
        <translation> · Stabilität %1</translation>
    </message>
    <message>
        <source>Stability %1 of iteration %2: the mean Jaccard index of the circuits that two
resamples of its examples give. Random circuits of as many edges have %3.</source>
        <translation>Stabilität %1 der Iteration %2: der mittlere Jaccard-Index der Schaltkreise, die zwei
Resamples ihrer Beispiele ergeben. Zufällige Schaltkreise mit gleich vielen Kanten haben %3.</translation>
    </message>
    <message>
        <source> · %1 of parameters trainable</source>
        <translation> · %1 der Parameter trainierbar</translation>
    </message>
    <message>
        <source> · %1 trainable</source>
        <translation> · %1 trainierbar</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CircuitView</name>
    <message>
        <source>Circuit</source>
        <translation>Schaltkreis</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ColorKey</name>
    <message>
        <source>Colours from %1 to %2</source>
        <translation>Farben von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CommandPanel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>ON THE COMMAND LINE</source>
        <translation>KOMMANDOZEILE</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Kommandozeile</translation>
    </message>
    <message>
        <source>Save TOML…</source>
        <translation>TOML speichern…</translation>
    </message>
    <message>
        <source>The whole configuration as a file for circuitloom-cli tune</source>
        <translation>Die ganze Konfiguration als Datei für circuitloom-cli tune</translation>
    </message>
    <message>
        <source>&amp;Copied</source>
        <translation>&amp;Kopiert</translation>
    </message>
    <message>
        <source>Save the configuration</source>
        <translation>Konfiguration speichern</translation>
    </message>
    <message>
        <source>Configurations (*.toml)</source>
        <translation>Konfigurationen (*.toml)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CompactCommand</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>Compact the file</source>
        <translation>Datei verdichten</translation>
    </message>
    <message>
        <source>Remove unused space from this file?</source>
        <translation>Unbenutzten Platz aus dieser Datei entfernen?</translation>
    </message>
    <message>
        <source>Deleted runs cannot be brought back afterwards. Of each run the latest and the best checkpoint stay; finished runs keep no state of the optimizer, so they cannot be trained on from there.</source>
        <translation>Gelöschte Läufe können danach nicht zurückgeholt werden. Von jedem Lauf bleiben der jüngste und der beste Checkpoint; fertige Läufe behalten keinen Zustand des Optimierers und können von dort nicht weiter trainiert werden.</translation>
    </message>
    <message>
        <source>&amp;Compact</source>
        <translation>&amp;Verdichten</translation>
    </message>
    <message>
        <source>A run is in training; the file can be compacted once it ends.</source>
        <translation>Ein Lauf wird trainiert; die Datei kann verdichtet werden, sobald er endet.</translation>
    </message>
    <message>
        <source>Writing the file anew…</source>
        <translation>Datei wird neu geschrieben…</translation>
    </message>
    <message>
        <source>The unsaved experiment</source>
        <translation>Das ungespeicherte Experiment</translation>
    </message>
    <message>
        <source>%1 was compact already: it takes %2.</source>
        <translation>%1 war schon dicht: %2.</translation>
    </message>
    <message>
        <source>%1 takes %2 now, instead of %3.</source>
        <translation>%1 braucht jetzt %2 statt %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s) that was/were not needed any more was/were removed.</source>
        <translation>
            <numerusform>%n nicht mehr gebrauchter Checkpoint wurde entfernt.</numerusform>
            <numerusform>%n nicht mehr gebrauchte Checkpoints wurden entfernt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ComparePanel</name>
    <message>
        <source>COMPARE CIRCUITS</source>
        <translation>SCHALTKREISE VERGLEICHEN</translation>
    </message>
    <message>
        <source>One more circuit</source>
        <translation>Noch ein Schaltkreis</translation>
    </message>
    <message>
        <source>One more circuit, of any run or iteration</source>
        <translation>Noch ein Schaltkreis, aus irgendeinem Lauf oder einer Iteration</translation>
    </message>
    <message>
        <source>%1 circuits are the most that stand side by side.</source>
        <translation>Mehr als %1 Schaltkreise stehen nicht nebeneinander.</translation>
    </message>
    <message>
        <source>Figures of the comparison</source>
        <translation>Zahlen des Vergleichs</translation>
    </message>
    <message>
        <source>Open an experiment, or run the demo: then further circuits stand here beside the one shown.</source>
        <translation>Ein Experiment öffnen oder die Demo starten: Dann stehen hier weitere Schaltkreise neben dem gezeigten.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ComparedSide</name>
    <message>
        <source>Which of its iterations stands beside the one shown</source>
        <translation>Welche seiner Iterationen neben der gezeigten steht</translation>
    </message>
    <message>
        <source>at the same step</source>
        <translation>beim selben Schritt</translation>
    </message>
    <message>
        <source>after as many examples</source>
        <translation>nach ebenso vielen Beispielen</translation>
    </message>
    <message>
        <source>after as many tokens</source>
        <translation>nach ebenso vielen Tokens</translation>
    </message>
    <message>
        <source>at the same loss</source>
        <translation>beim selben Verlust</translation>
    </message>
    <message>
        <source>at the same metric</source>
        <translation>bei derselben Metrik</translation>
    </message>
    <message>
        <source>at iteration</source>
        <translation>bei Iteration</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>A and %1 as one graph: what is only in one, and where it is stronger</source>
        <translation>A und %1 als ein Graph: was nur in einem ist, und wo es stärker ist</translation>
    </message>
    <message>
        <source>Difference between A and %1</source>
        <translation>Differenz zwischen A und %1</translation>
    </message>
    <message>
        <source>Run that %1 is of</source>
        <translation>Lauf, zu dem %1 gehört</translation>
    </message>
    <message>
        <source>Which iteration of that run is %1</source>
        <translation>Welche Iteration dieses Laufs %1 ist</translation>
    </message>
    <message>
        <source>Iteration of %1</source>
        <translation>Iteration von %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Circuit %1</source>
        <translation>Schaltkreis %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>The iteration shown is not in the file yet.</source>
        <translation>Die gezeigte Iteration ist noch nicht in der Datei.</translation>
    </message>
    <message>
        <source>The runs&apos; graphs have different nodes, so there is no difference to show.</source>
        <translation>Die Graphen der Läufe haben verschiedene Knoten, daher gibt es keine Differenz zu zeigen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ComparisonDialog</name>
    <message>
        <source>Runs compared</source>
        <translation>Verglichene Läufe</translation>
    </message>
    <message>
        <source>every run</source>
        <translation>jeder Lauf</translation>
    </message>
    <message>
        <source>by method</source>
        <translation>nach Methode</translation>
    </message>
    <message>
        <source>by settings, over seeds</source>
        <translation>nach Einstellungen, über Seeds</translation>
    </message>
    <message>
        <source>Groups have the mean ± standard deviation over their runs</source>
        <translation>Gruppen haben Mittel ± Standardabweichung über ihre Läufe</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>Ta&amp;belle</translation>
    </message>
    <message>
        <source>Two m&amp;easures</source>
        <translation>Zwei &amp;Messgrößen</translation>
    </message>
    <message>
        <source>S&amp;weep</source>
        <translation>S&amp;weep</translation>
    </message>
    <message>
        <source>&amp;Rows and points:</source>
        <translation>&amp;Zeilen und Punkte:</translation>
    </message>
    <message>
        <source>&amp;Copy table as</source>
        <translation>Tabelle &amp;kopieren als</translation>
    </message>
    <message>
        <source>&amp;Save table…</source>
        <translation>Tabelle &amp;speichern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The bold row is the run in the window; Return or a double click shows another.</source>
        <translation>Die fette Zeile ist der Lauf im Fenster; Eingabe oder Doppelklick zeigt einen anderen.</translation>
    </message>
    <message>
        <source>The ringed point is the run in the window; a click on another shows that.</source>
        <translation>Der umringte Punkt ist der Lauf im Fenster; ein Klick auf einen anderen zeigt diesen.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>CSV (*.csv);;TSV (*.tsv);;Markdown (*.md);;LaTeX (*.tex)</source>
        <translation>CSV (*.csv);;TSV (*.tsv);;Markdown (*.md);;LaTeX (*.tex)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ConsensusCommand</name>
    <message>
        <source>Consensus circuit</source>
        <translation>Konsens-Schaltkreis</translation>
    </message>
    <message>
        <source>An edge is in it where this percentage of the run&apos;s circuits have it:</source>
        <translation>Eine Kante ist darin, wo dieser Prozentsatz der Schaltkreise des Laufs sie hat:</translation>
    </message>
    <message>
        <source>An edge is in it where this percentage of the %1 runs&apos; last circuits have it:</source>
        <translation>Eine Kante ist darin, wo dieser Prozentsatz der letzten Schaltkreise der %1 Läufe sie hat:</translation>
    </message>
    <message>
        <source>In at least %1 of %2: %3. Random circuits would agree on %4.</source>
        <translation>In mindestens %1 von %2: %3. Zufällige Schaltkreise stimmten in %4 überein.</translation>
    </message>
    <message>
        <source>The open file is another machine&apos;s and takes no runs of this one. Save a copy: that takes them.</source>
        <translation>Die geöffnete Datei gehört einem anderen Rechner und nimmt keine Läufe von diesem auf. Speichern Sie eine Kopie: Diese nimmt sie auf.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CourseChart</name>
    <message>
        <source>iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>noch nicht gelesen</translation>
    </message>
    <message>
        <source>not in the circuit</source>
        <translation>nicht im Schaltkreis</translation>
    </message>
    <message>
        <source>Score over the run</source>
        <translation>Score über den Lauf</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CourseSection</name>
    <message>
        <source>Score over the run</source>
        <translation>Score über den Lauf</translation>
    </message>
    <message>
        <source>sum of all %1</source>
        <translation>Summe aller %1</translation>
    </message>
    <message>
        <source>%1 more have no line of their own</source>
        <translation>%1 weitere haben keine eigene Linie</translation>
    </message>
    <message>
        <source>Reading the run …</source>
        <translation>Lauf wird gelesen …</translation>
    </message>
    <message>
        <source>In no circuit of this run.</source>
        <translation>In keinem Schaltkreis dieses Laufs.</translation>
    </message>
    <message>
        <source>In no circuit so far; reading the run …</source>
        <translation>Bisher in keinem Schaltkreis; Lauf wird gelesen …</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>sum of scores</source>
        <translation>Summe der Scores</translation>
    </message>
    <message>
        <source>sum of |score|</source>
        <translation>Summe der |Scores|</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>share of strength</source>
        <translation>Anteil der Stärke</translation>
    </message>
    <message>
        <source>rank among nodes</source>
        <translation>Rang unter Knoten</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>its strongest edge&apos;s rank</source>
        <translation>Rang der stärksten Kante</translation>
    </message>
    <message>
        <source>in resamples</source>
        <translation>in Resamples</translation>
    </message>
    <message>
        <source>%1, 95 % of their scores from %2 to %3</source>
        <translation>%1, 95 % ihrer Scores von %2 bis %3</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>Vorzeichen</translation>
    </message>
    <message>
        <source>certain</source>
        <translation>gewiss</translation>
    </message>
    <message>
        <source>not certain</source>
        <translation>nicht gewiss</translation>
    </message>
    <message>
        <source>in since</source>
        <translation>darin seit</translation>
    </message>
    <message>
        <source>iteration %1 (age %2)</source>
        <translation>Iteration %1 (Alter %2)</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>not in the circuit</source>
        <translation>nicht im Schaltkreis</translation>
    </message>
    <message>
        <source>in iterations</source>
        <translation>in Iterationen</translation>
    </message>
    <message>
        <source>%1: %2 of %3, %4</source>
        <translation>%1: %2 von %3, %4</translation>
    </message>
    <message numerus="yes">
        <source>%n stay(s)</source>
        <translation>
            <numerusform>%n Aufenthalt</numerusform>
            <numerusform>%n Aufenthalte</numerusform>
        </translation>
    </message>
    <message>
        <source>stays</source>
        <translation>Aufenthalte</translation>
    </message>
    <message>
        <source>first in, last in</source>
        <translation>zuerst darin, zuletzt darin</translation>
    </message>
    <message>
        <source>iterations %1, %2</source>
        <translation>Iterationen %1, %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CrossAblationPage</name>
    <message>
        <source>&amp;Edges</source>
        <translation>&amp;Kanten</translation>
    </message>
    <message>
        <source>Each task&apos;s circuit are so many edges, the strongest</source>
        <translation>Der Schaltkreis jeder Aufgabe sind so viele Kanten, die stärksten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation>&amp;Beispiele</translation>
    </message>
    <message>
        <source>The first so many of each task</source>
        <translation>So viele von jeder Aufgabe, die ersten</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>ablated</source>
        <translation>ablatiert</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>× random</source>
        <translation>× zufällig</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>without</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>Metric of each task with and without each task&apos;s circuit</source>
        <translation>Metrik jeder Aufgabe mit und ohne den Schaltkreis jeder Aufgabe</translation>
    </message>
    <message>
        <source>The change by ablating the circuit, divided by how far random circuits of as many edges change it</source>
        <translation>Die Änderung durch Ablation des Schaltkreises, geteilt durch die von zufälligen Schaltkreisen gleich vieler Kanten</translation>
    </message>
    <message>
        <source>Without the circuit</source>
        <translation>Ohne den Schaltkreis</translation>
    </message>
    <message>
        <source>Without random circuits: mean ± standard deviation</source>
        <translation>Ohne zufällige Schaltkreise: Mittel ± Standardabweichung</translation>
    </message>
    <message>
        <source>Circuits that tasks share</source>
        <translation>Schaltkreise, die Aufgaben teilen</translation>
    </message>
    <message>
        <source>Do tasks share a circuit? The circuit of each is found in the model of the iteration that is shown, and ablated while each task is measured, random circuits beside it.</source>
        <translation>Teilen Aufgaben einen Schaltkreis? Der Schaltkreis jeder wird im Modell der gezeigten Iteration gesucht und ablatiert, während jede Aufgabe gemessen wird, zufällige Schaltkreise daneben.</translation>
    </message>
    <message>
        <source>Add a second task above, to compare with.</source>
        <translation>Oben eine zweite Aufgabe zum Vergleich hinzufügen.</translation>
    </message>
    <message>
        <source>A circuit has one edge or more.</source>
        <translation>Ein Schaltkreis hat eine Kante oder mehr.</translation>
    </message>
    <message>
        <source>In the model after step %1, %2 edges of each task&apos;s circuit. A row&apos;s circuit is ablated, a column&apos;s task is measured.</source>
        <translation>Im Modell nach Schritt %1, %2 Kanten des Schaltkreises jeder Aufgabe. Der Schaltkreis der Zeile wird ablatiert, die Aufgabe der Spalte gemessen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CurveTable</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>Kurve</translation>
    </message>
    <message>
        <source>Measure or unit</source>
        <translation>Maß oder Einheit</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CurveTableDialog</name>
    <message>
        <source>Table of the curves</source>
        <translation>Tabelle der Kurven</translation>
    </message>
    <message>
        <source>Search, as in loss 40</source>
        <translation>Suche, etwa loss 40</translation>
    </message>
    <message>
        <source>Search the curves</source>
        <translation>Kurven durchsuchen</translation>
    </message>
    <message>
        <source>Values of the curves</source>
        <translation>Werte der Kurven</translation>
    </message>
    <message>
        <source>&amp;Copy as TSV</source>
        <translation>Als TSV &amp;kopieren</translation>
    </message>
    <message>
        <source>The selected rows, or all (Ctrl+C)</source>
        <translation>Die gewählten Zeilen, oder alle (Strg+C)</translation>
    </message>
    <message>
        <source>The loss, the metric and the capabilities of a run appear here.</source>
        <translation>Verlust, Metrik und Fähigkeiten eines Laufs erscheinen hier.</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 Werte</translation>
    </message>
    <message>
        <source>%1 of %2 values</source>
        <translation>%1 von %2 Werten</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CurvesBar</name>
    <message>
        <source>log x</source>
        <translation>log x</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>Apart</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Smoothing %1</source>
        <translation>Glättung %1</translation>
    </message>
    <message>
        <source>Smooths all curves exponentially: how much counts of what came before. The curve as it is stays faint behind.</source>
        <translation>Glättet alle Kurven exponentiell: wie viel das Vorige zählt. Die Kurve, wie sie ist, bleibt blass dahinter.</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>Glättung der Kurven</translation>
    </message>
    <message>
        <source>The horizontal axis of all plots and of the timeline</source>
        <translation>Die waagerechte Achse aller Diagramme und der Zeitleiste</translation>
    </message>
    <message>
        <source>A logarithmic horizontal axis for all plots. L makes the vertical axis of the plot with the focus logarithmic.</source>
        <translation>Eine logarithmische waagerechte Achse für alle Diagramme. L macht die senkrechte Achse des Diagramms mit dem Fokus logarithmisch.</translation>
    </message>
    <message>
        <source>Add a plot</source>
        <translation>Diagramm hinzufügen</translation>
    </message>
    <message>
        <source>Runs that differ only in their seed as their mean and spread</source>
        <translation>Läufe, die sich nur im Seed unterscheiden, als Mittel und Streuung</translation>
    </message>
    <message>
        <source>Each run in a plot of its own, all on one scale, instead of on one axis</source>
        <translation>Jeder Lauf in einem eigenen Diagramm, alle auf einer Skala, statt auf einer Achse</translation>
    </message>
    <message>
        <source>Each run</source>
        <translation>Jeder Lauf</translation>
    </message>
    <message>
        <source>Mean ± one standard deviation</source>
        <translation>Mittel ± eine Standardabweichung</translation>
    </message>
    <message>
        <source>Mean, from the least to the greatest</source>
        <translation>Mittel, vom kleinsten zum größten</translation>
    </message>
    <message>
        <source>Seeds: ± s.d.</source>
        <translation>Seeds: ± Std.</translation>
    </message>
    <message>
        <source>Seeds: min–max</source>
        <translation>Seeds: Min–Max</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CurvesPanel</name>
    <message>
        <source>The usual plots</source>
        <translation>Die üblichen Diagramme</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis	L</source>
        <translation>Logarithmische senkrechte Achse	L</translation>
    </message>
    <message>
        <source>Move to the left	Ctrl+Shift+←</source>
        <translation>Nach links	Strg+Umschalt+←</translation>
    </message>
    <message>
        <source>Move to the right	Ctrl+Shift+→</source>
        <translation>Nach rechts	Strg+Umschalt+→</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Remove	Del</source>
        <translation>Entfernen	Entf</translation>
    </message>
    <message>
        <source>The loss, the metric and the capabilities of a run appear here.</source>
        <translation>Verlust, Metrik und Fähigkeiten eines Laufs erscheinen hier.</translation>
    </message>
    <message>
        <source>As a table…	Ctrl+Shift+V</source>
        <translation>Als Tabelle…	Strg+Umschalt+V</translation>
    </message>
    <message>
        <source>All curves as a table…	Ctrl+Shift+V</source>
        <translation>Alle Kurven als Tabelle…	Strg+Umschalt+V</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DockPanels</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Detach %1</source>
        <translation>%1 ablösen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DotLayouts</name>
    <message>
        <source>The dot layout needs a second process, and %1 did not start: %2.</source>
        <translation>Die Anordnung durch Dot braucht einen zweiten Prozess, und %1 startete nicht: %2.</translation>
    </message>
    <message>
        <source>Graphviz ended before its layout was done: the circuit has too many edges for it. Show fewer, or use the lattice.</source>
        <translation>Graphviz endete, bevor seine Anordnung fertig war: Der Schaltkreis hat zu viele Kanten dafür. Weniger zeigen, oder das Gitter nehmen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DriftSection</name>
    <message>
        <source>At the checkpoints too</source>
        <translation>Auch an den Checkpoints</translation>
    </message>
    <message>
        <source>Adds the moments at which the run stored its weights to the curve</source>
        <translation>Fügt der Kurve die Zeitpunkte hinzu, an denen der Lauf seine Gewichte speicherte</translation>
    </message>
    <message>
        <source>Drift over the run</source>
        <translation>Drift über den Lauf</translation>
    </message>
    <message>
        <source>Moved since the start</source>
        <translation>Bewegt seit dem Anfang</translation>
    </message>
    <message>
        <source>checkpoint after step %1: %2 (%3 of %4)</source>
        <translation>Checkpoint nach Schritt %1: %2 (%3 von %4)</translation>
    </message>
    <message>
        <source>Asking the model …</source>
        <translation>Frage an das Modell …</translation>
    </message>
    <message>
        <source>of its norm</source>
        <translation>seiner Norm</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>these %1 together</source>
        <translation>diese %1 zusammen</translation>
    </message>
    <message>
        <source>whole model</source>
        <translation>ganzes Modell</translation>
    </message>
    <message>
        <source>parameters, Frobenius norm</source>
        <translation>Parameter, Frobenius-Norm</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Bewegt</translation>
    </message>
    <message>
        <source>selected</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DriftView</name>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>How far each part of the model has moved</source>
        <translation>Wie weit sich jeder Teil des Modells bewegt hat</translation>
    </message>
    <message>
        <source>0, not moved</source>
        <translation>0, nicht bewegt</translation>
    </message>
    <message>
        <source>moved away from zeros</source>
        <translation>von Nullen weg bewegt</translation>
    </message>
    <message>
        <source>asking the model</source>
        <translation>Frage an das Modell</translation>
    </message>
    <message>
        <source>Nothing moved.</source>
        <translation>Nichts hat sich bewegt.</translation>
    </message>
    <message>
        <source>Farthest: %1</source>
        <translation>Am weitesten: %1</translation>
    </message>
    <message>
        <source>Iteration %1, after step %2: all parameters together moved by %3 of their norm at the start</source>
        <translation>Iteration %1, nach Schritt %2: Alle Parameter zusammen bewegten sich um %3 ihrer Norm am Anfang</translation>
    </message>
    <message>
        <source>norms and shared biases of layer %1</source>
        <translation>Normen und gemeinsame Biases der Schicht %1</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>final norm and unembedding</source>
        <translation>letzte Norm und Unembedding</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 · has not moved</source>
        <translation>%1 · hat sich nicht bewegt</translation>
    </message>
    <message>
        <source>%1 · moved by %2 · distance %3 from a norm of %4</source>
        <translation>%1 · bewegt um %2 · Abstand %3 von einer Norm von %4</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>rest</source>
        <translation>Rest</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DynamicsPanel</name>
    <message>
        <source>Views of how the circuit changes</source>
        <translation>Ansichten davon, wie sich der Schaltkreis ändert</translation>
    </message>
    <message>
        <source>All views</source>
        <translation>Alle Ansichten</translation>
    </message>
    <message>
        <source>A list of all views, where not every tab has room</source>
        <translation>Eine Liste aller Ansichten, wo nicht jeder Reiter Platz hat</translation>
    </message>
    <message>
        <source>DYNAMICS</source>
        <translation>DYNAMIK</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>Every edge&apos;s score at every iteration</source>
        <translation>Der Score jeder Kante bei jeder Iteration</translation>
    </message>
    <message>
        <source>Turnover</source>
        <translation>Umschlag</translation>
    </message>
    <message>
        <source>Edges that entered and left at each iteration</source>
        <translation>Kanten, die bei jeder Iteration eintraten und austraten</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>The Jaccard index of the circuits of each two iterations</source>
        <translation>Der Jaccard-Index der Schaltkreise je zweier Iterationen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Where the strength runs from layer to layer, at two moments</source>
        <translation>Wohin die Stärke von Schicht zu Schicht läuft, zu zwei Zeitpunkten</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>Trends</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>When the circuit settled and when each suite moved</source>
        <translation>Wann der Schaltkreis zur Ruhe kam und wann sich jeder Test bewegte</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>Ströme</translation>
    </message>
    <message>
        <source>Edges that stayed, left and came between iterations</source>
        <translation>Kanten, die zwischen Iterationen blieben, gingen und kamen</translation>
    </message>
    <message>
        <source>Drift map</source>
        <translation>Driftkarte</translation>
    </message>
    <message>
        <source>How far each part of the model has moved since the start</source>
        <translation>Wie weit sich jeder Teil des Modells seit dem Anfang bewegt hat</translation>
    </message>
    <message>
        <source>No circuit yet: open an experiment, or run the demo.</source>
        <translation>Noch kein Schaltkreis: ein Experiment öffnen oder die Demo starten.</translation>
    </message>
    <message>
        <source>Reading: %1 of %2 iterations</source>
        <translation>Gelesen: %1 von %2 Iterationen</translation>
    </message>
    <message numerus="yes">
        <source>%n iteration(s)</source>
        <translation>
            <numerusform>%n Iteration</numerusform>
            <numerusform>%n Iterationen</numerusform>
        </translation>
    </message>
    <message>
        <source>Edges whose scores grow or shrink in size, rise or fall</source>
        <translation>Kanten, deren Scores im Betrag wachsen oder schrumpfen, steigen oder fallen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DynamicsView</name>
    <message>
        <source>iteration %1 (step %2)</source>
        <translation>Iteration %1 (Schritt %2)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::EdgeRows</name>
    <message>
        <source>Strongest edges into and out of what is selected</source>
        <translation>Stärkste Kanten in die Auswahl und aus ihr</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <translation>%1 ein, %2 aus</translation>
    </message>
    <message>
        <source>%1 into %2, %3 out of %4</source>
        <translation>%1 in %2, %3 aus %4</translation>
    </message>
    <message>
        <source>; the strongest:</source>
        <translation>; die stärksten:</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::EdgeTable</name>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Place by |score|, the strongest first</source>
        <translation>Platz nach |Score|, die stärkste zuerst</translation>
    </message>
    <message>
        <source>What the edge contributes to the metric: positive where keeping it raises the metric</source>
        <translation>Was die Kante zur Metrik beiträgt: positiv, wo sie zu behalten die Metrik hebt</translation>
    </message>
    <message>
        <source>Score less that in the circuit which the colours compare with</source>
        <translation>Score abzüglich dessen im Schaltkreis, mit dem die Farben vergleichen</translation>
    </message>
    <message>
        <source>For how many iterations the edge has been in the circuit without a break</source>
        <translation>Seit wie vielen Iterationen die Kante ohne Unterbrechung im Schaltkreis ist</translation>
    </message>
    <message>
        <source>Share of the run&apos;s iterations whose circuit has the edge</source>
        <translation>Anteil der Iterationen des Laufs, deren Schaltkreis die Kante hat</translation>
    </message>
    <message>
        <source>Share of the resamples of the examples whose circuit has the edge; of runs with circuit.resamples</source>
        <translation>Anteil der Resamples der Beispiele, deren Schaltkreis die Kante hat; von Läufen mit circuit.resamples</translation>
    </message>
    <message>
        <source>The 2.5th and the 97.5th percentile of the edge&apos;s score in the resamples</source>
        <translation>Das 2,5. und das 97,5. Perzentil des Scores der Kante in den Resamples</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Resamples</source>
        <translation>Resamples</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Intervall</translation>
    </message>
    <message>
        <source>Inclusion</source>
        <translation>Häufigkeit</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::EdgeTablePanel</name>
    <message>
        <source>Search, as in a2.h4 m3</source>
        <translation>Suche, wie in a2.h4 m3</translation>
    </message>
    <message>
        <source>Search the edges</source>
        <translation>Kanten durchsuchen</translation>
    </message>
    <message>
        <source>Edges of the circuit</source>
        <translation>Kanten des Schaltkreises</translation>
    </message>
    <message>
        <source>Copy as TSV</source>
        <translation>Als TSV kopieren</translation>
    </message>
    <message>
        <source>The selected rows, or all (Ctrl+C)</source>
        <translation>Die gewählten Zeilen, oder alle (Strg+C)</translation>
    </message>
    <message>
        <source>EDGES</source>
        <translation>KANTEN</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::EmptyNotice</name>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Show what the filter, isolating and hiding leave out</source>
        <translation>Zeigt, was Filter, Isolieren und Verbergen weglassen</translation>
    </message>
    <message numerus="yes">
        <source>None of the circuit&apos;s %n edge(s) passes the filter.</source>
        <translation>
            <numerusform>Die eine Kante des Schaltkreises besteht den Filter nicht.</numerusform>
            <numerusform>Keine der %n Kanten des Schaltkreises besteht den Filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ErrorBanner</name>
    <message>
        <source>Copy Details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::EstimatePanel</name>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>known after the first steps: this file has no run of this model</source>
        <translation>nach den ersten Schritten bekannt: Diese Datei hat keinen Lauf dieses Modells</translation>
    </message>
    <message>
        <source>, at the speed of “%1”</source>
        <translation>, beim Tempo von „%1“</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weiteren</translation>
    </message>
    <message>
        <source>, only roughly: from the speed of “%1”, which differs in %2</source>
        <translation>, nur grob: vom Tempo von „%1“, der sich in %2 unterscheidet</translation>
    </message>
    <message>
        <source>WHAT IT TAKES</source>
        <translation>WAS ES BRAUCHT</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>not known before the task was read</source>
        <translation>nicht bekannt, bevor die Aufgabe gelesen ist</translation>
    </message>
    <message>
        <source>%1 for the %2 runs, one after the other</source>
        <translation>%1 für die %2 Läufe, einer nach dem anderen</translation>
    </message>
    <message>
        <source>not known: the model cannot be read</source>
        <translation>nicht bekannt: Das Modell kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>about %1 for the %2 runs with the checkpoints that are left of them, and up to %3 more while one runs</source>
        <translation>etwa %1 für die %2 Läufe mit den Checkpoints, die von ihnen bleiben, und bis zu %3 mehr, während einer läuft</translation>
    </message>
    <message>
        <source>about %1 for %2 circuits in a graph of %3 edges; checkpoints take up to %4 while it runs, %5 once it is finished</source>
        <translation>etwa %1 für %2 Schaltkreise in einem Graphen mit %3 Kanten; Checkpoints brauchen bis zu %4, während er läuft, %5, wenn er fertig ist</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExampleMenu</name>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Examples of the run&apos;s task, up to the position that is scored</source>
        <translation>Beispiele aus der Aufgabe des Laufs, bis zur bewerteten Position</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExperimentRow</name>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>noch kein Lauf</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Opens it and resumes its last run from its last checkpoint</source>
        <translation>Öffnet es und setzt seinen letzten Lauf vom letzten Checkpoint fort</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>Benennen…</translation>
    </message>
    <message>
        <source>Keeps it in a file of your own</source>
        <translation>Bewahrt es in einer eigenen Datei auf</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>runs</comment>
        <translation>
            <numerusform>%1 und %n weiterer</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExperimentSession</name>
    <message>
        <source>Cannot make the folder %1.</source>
        <translation>Der Ordner %1 kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 steps/s</source>
        <translation>%1 Schritte/s</translation>
    </message>
    <message>
        <source>loading the engine…</source>
        <translation>Rechenkern wird geladen…</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Nothing of this sweep is left to do: its runs are in the file, in training or waiting.</source>
        <translation>Von diesem Sweep ist nichts mehr zu tun: Ihre Läufe sind in der Datei, im Training oder warten.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExportBar</name>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>Chooses where it is written</source>
        <translation>Wählt, wohin geschrieben wird</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Ko&amp;pieren</translation>
    </message>
    <message>
        <source>Puts the picture on the clipboard, as a bitmap and as SVG</source>
        <translation>Legt das Bild in die Zwischenablage, als Pixelbild und als SVG</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Closes this window (Esc)</source>
        <translation>Schließt dieses Fenster (Esc)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>Writes the file (Return)</source>
        <translation>Schreibt die Datei (Eingabe)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Where it is written</source>
        <translation>Wohin geschrieben wird</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>D&amp;atei</translation>
    </message>
    <message>
        <source>Canc&amp;el</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>Stops; nothing is left of what was begun</source>
        <translation>Bricht ab; vom Begonnenen bleibt nichts</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExportCommands</name>
    <message>
        <source>There is no circuit to export yet.</source>
        <translation>Es gibt noch keinen Schaltkreis zu exportieren.</translation>
    </message>
    <message>
        <source>There is no run whose curves could be exported yet.</source>
        <translation>Es gibt noch keinen Lauf, dessen Kurven exportiert werden könnten.</translation>
    </message>
    <message>
        <source>The circuit is on the clipboard, as a bitmap and as SVG.</source>
        <translation>Der Schaltkreis ist in der Zwischenablage, als Pixelbild und als SVG.</translation>
    </message>
    <message>
        <source>How old the edges are is still being read; copy again in a moment.</source>
        <translation>Das Alter der Kanten wird noch gelesen; kopieren Sie gleich noch einmal.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExportDialog</name>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>%1 files (*.%2);;All files (*)</source>
        <translation>%1-Dateien (*.%2);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Reading the run…</source>
        <translation>Lauf wird gelesen…</translation>
    </message>
    <message>
        <source>%1 of %2 rows, %3</source>
        <translation>%1 von %2 Zeilen, %3</translation>
    </message>
    <message>
        <source>%1 of %2 frames, %3</source>
        <translation>%1 von %2 Bildern, %3</translation>
    </message>
    <message>
        <source>Copied as a bitmap and as SVG.</source>
        <translation>Als Pixelbild und als SVG kopiert.</translation>
    </message>
    <message>
        <source>Reading how old the edges are…</source>
        <translation>Das Alter der Kanten wird gelesen …</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExportForm</name>
    <message>
        <source>As in the window</source>
        <translation>Wie im Fenster</translation>
    </message>
    <message>
        <source>Another size</source>
        <translation>Andere Größe</translation>
    </message>
    <message>
        <source>%1 × %2 in</source>
        <translation>%1 × %2 Zoll</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>The curves have too little room at this size: they are drawn at %1 % of theirs.</source>
        <translation>Die Kurven haben bei dieser Größe zu wenig Platz: Sie werden mit %1 % der ihren gezeichnet.</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s), %1 s</source>
        <translation>
            <numerusform>%n Bild, %1 s</numerusform>
            <numerusform>%n Bilder, %1 s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExportPreview</name>
    <message>
        <source>Moment</source>
        <translation>Moment</translation>
    </message>
    <message>
        <source>The moment of the film that is shown here</source>
        <translation>Der Moment des Films, der hier gezeigt wird</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FaithfulnessChart</name>
    <message>
        <source>Faithfulness by the number of edges kept</source>
        <translation>Treue nach der Zahl behaltener Kanten</translation>
    </message>
    <message>
        <source>edges kept, of %1</source>
        <translation>behaltene Kanten, von %1</translation>
    </message>
    <message>
        <source>stored circuit, N = %1</source>
        <translation>gespeicherter Schaltkreis, N = %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FaithfulnessPanel</name>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>f</source>
        <translation>f</translation>
    </message>
    <message>
        <source>random f</source>
        <translation>f zufällig</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>live</source>
        <translation>wirksam</translation>
    </message>
    <message>
        <source>FAITHFULNESS</source>
        <translation>TREUE</translation>
    </message>
    <message>
        <source>At most so many of the task&apos;s examples</source>
        <translation>Höchstens so viele Beispiele der Aufgabe</translation>
    </message>
    <message>
        <source>So many random circuits of each size for comparison</source>
        <translation>So viele zufällige Schaltkreise jeder Größe zum Vergleich</translation>
    </message>
    <message>
        <source>Faithfulness by the number of edges kept</source>
        <translation>Treue nach der Zahl behaltener Kanten</translation>
    </message>
    <message>
        <source>Of random circuits of as many edges: mean ± standard deviation</source>
        <translation>Von zufälligen Schaltkreisen mit gleich vielen Kanten: Mittel ± Standardabweichung</translation>
    </message>
    <message>
        <source>Those on a path from the input to the logits; the others are left out</source>
        <translation>Die auf einem Pfad von der Eingabe zu den Logits; die anderen sind weggelassen</translation>
    </message>
    <message>
        <source>E&amp;xamples</source>
        <translation>&amp;Beispiele</translation>
    </message>
    <message>
        <source>Random &amp;draws</source>
        <translation>&amp;Zufallsziehungen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>%1 of %2 sizes</source>
        <translation>%1 von %2 Größen</translation>
    </message>
    <message>
        <source>%1 · waiting for the engine</source>
        <translation>%1 · wartet auf den Rechenkern</translation>
    </message>
    <message>
        <source>%1 · %2 (%3 of %4)</source>
        <translation>%1 · %2 (%3 von %4)</translation>
    </message>
    <message>
        <source>Open an experiment, or run the demo: then it is computed here how much of the model&apos;s behaviour a circuit explains.</source>
        <translation>Ein Experiment öffnen oder die Demo starten: Dann wird hier berechnet, wie viel vom Verhalten des Modells ein Schaltkreis erklärt.</translation>
    </message>
    <message>
        <source>These figures are of iteration %1; shown is iteration %2.</source>
        <translation>Diese Zahlen sind von Iteration %1; gezeigt ist Iteration %2.</translation>
    </message>
    <message>
        <source>How much of what the model does on the task do its best edges do alone? The circuit&apos;s own %1 edges come first.</source>
        <translation>Wie viel von dem, was das Modell bei der Aufgabe tut, tun seine besten Kanten allein? Die %1 Kanten des Schaltkreises selbst kommen zuerst.</translation>
    </message>
    <message>
        <source>The circuit that the iteration stored</source>
        <translation>Der Schaltkreis, den die Iteration speicherte</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Compute again</source>
        <translation>Noch einmal berechnen</translation>
    </message>
    <message>
        <source>Compute for iteration %1</source>
        <translation>Für Iteration %1 berechnen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FiguresTable</name>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FileCommands</name>
    <message>
        <source>Open experiment</source>
        <translation>Experiment öffnen</translation>
    </message>
    <message>
        <source>Experiments (*.loom);;All files (*)</source>
        <translation>Experimente (*.loom);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save experiment as</source>
        <translation>Experiment speichern unter</translation>
    </message>
    <message>
        <source>Experiments (*.loom)</source>
        <translation>Experimente (*.loom)</translation>
    </message>
    <message>
        <source>unsaved experiment</source>
        <translation>ungespeichertes Experiment</translation>
    </message>
    <message>
        <source>%1 · open in another window too</source>
        <translation>%1 · auch in einem anderen Fenster offen</translation>
    </message>
    <message>
        <source>Circuitloom</source>
        <translation>Circuitloom</translation>
    </message>
    <message>
        <source>%1 – Circuitloom</source>
        <translation>%1 – Circuitloom</translation>
    </message>
    <message>
        <source>A copy was saved to %1. The run goes on in %2.</source>
        <translation>Eine Kopie wurde als %1 gespeichert. Der Lauf geht in %2 weiter.</translation>
    </message>
    <message>
        <source>the unsaved experiment</source>
        <translation>dem ungespeicherten Experiment</translation>
    </message>
    <message>
        <source>%1 (unsaved copy)</source>
        <translation>%1 (ungespeicherte Kopie)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FileDrops</name>
    <message>
        <source>Not used: %1. Drop one experiment (.loom) to open it, or a model (its folder or a GGUF file), a task file (%2) or a run&apos;s configuration (.toml), one of each, to fill in a new run, or a folder of circuits (500.json and so on), a log of them (.jsonl), a folder of checkpoint-N folders or a list of checkpoints (.toml) to observe them, or several files and folders of circuits to import them.</source>
        <translation>Nicht verwendet: %1. Ein Experiment (.loom) ablegen, um es zu öffnen, oder ein Modell (sein Ordner oder eine GGUF-Datei), eine Aufgabendatei (%2) oder die Konfiguration eines Laufs (.toml), je eines, um einen neuen Lauf auszufüllen, oder einen Ordner mit Schaltkreisen (500.json und so weiter), ein Protokoll von ihnen (.jsonl), einen Ordner mit Ordnern checkpoint-N oder eine Liste von Checkpoints (.toml), um sie zu beobachten, oder mehrere Dateien und Ordner mit Schaltkreisen, um sie zu importieren.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FilterForm</name>
    <message>
        <source>only on a path from input to logits</source>
        <translation>nur auf einem Pfad von der Eingabe zu den Logits</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>k</source>
        <translation>k</translation>
    </message>
    <message>
        <source>v</source>
        <translation>v</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>Wieder alles zeigen</translation>
    </message>
    <message>
        <source>Share of the total score</source>
        <translation>Anteil am gesamten Score</translation>
    </message>
    <message>
        <source>The strongest edges that together hold this share of all |score|</source>
        <translation>Die stärksten Kanten, die zusammen diesen Anteil aller |Scores| haben</translation>
    </message>
    <message>
        <source>Least score</source>
        <translation>Kleinster Score</translation>
    </message>
    <message>
        <source>Only edges with at least this |score|, in units of the metric</source>
        <translation>Nur Kanten mit mindestens diesem |Score|, in Einheiten der Metrik</translation>
    </message>
    <message>
        <source>Least share of the resamples</source>
        <translation>Kleinster Anteil der Resamples</translation>
    </message>
    <message>
        <source>Only edges that at least this share of the resamples of the examples have; counts where the run has circuit.resamples</source>
        <translation>Nur Kanten, die mindestens dieser Anteil der Resamples der Beispiele hat; zählt, wo der Lauf circuit.resamples hat</translation>
    </message>
    <message>
        <source>Only connected edges</source>
        <translation>Nur verbundene Kanten</translation>
    </message>
    <message>
        <source>Only edges on a path from input to logits, over the edges shown</source>
        <translation>Nur Kanten auf einem Pfad von der Eingabe zu den Logits, über die gezeigten Kanten</translation>
    </message>
    <message>
        <source>Edges into queries</source>
        <translation>Kanten in Queries</translation>
    </message>
    <message>
        <source>Edges into keys</source>
        <translation>Kanten in Keys</translation>
    </message>
    <message>
        <source>Edges into values</source>
        <translation>Kanten in Values</translation>
    </message>
    <message>
        <source>Edges into MLPs</source>
        <translation>Kanten in MLPs</translation>
    </message>
    <message>
        <source>Edges into the logits</source>
        <translation>Kanten in die Logits</translation>
    </message>
    <message>
        <source>First layer</source>
        <translation>Erste Schicht</translation>
    </message>
    <message>
        <source>Edges with both ends in these layers; input and logits are in all</source>
        <translation>Kanten mit beiden Enden in diesen Schichten; Eingabe und Logits sind in allen</translation>
    </message>
    <message>
        <source>Last layer</source>
        <translation>Letzte Schicht</translation>
    </message>
    <message>
        <source>Entered or left</source>
        <translation>Eingetreten oder ausgetreten</translation>
    </message>
    <message>
        <source>What the colours compare with says what entered and left</source>
        <translation>Womit die Farben vergleichen, sagt, was eintrat und austrat</translation>
    </message>
    <message>
        <source>Only the number of the strongest edges still counts</source>
        <translation>Nur die Zahl der stärksten Kanten zählt noch</translation>
    </message>
    <message>
        <source>all edges</source>
        <translation>alle Kanten</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>eingetreten</translation>
    </message>
    <message>
        <source>left</source>
        <translation>ausgetreten</translation>
    </message>
    <message>
        <source>Share of |score|</source>
        <translation>Anteil am |Score|</translation>
    </message>
    <message>
        <source>|score| at least</source>
        <translation>|Score| mindestens</translation>
    </message>
    <message>
        <source>In resamples at least</source>
        <translation>In Resamples mindestens</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>entered since %1</source>
        <translation>eingetreten seit %1</translation>
    </message>
    <message>
        <source>left since %1</source>
        <translation>ausgetreten seit %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FindBar</name>
    <message>
        <source>All documents</source>
        <translation>Alle Dokumente</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Im Dokument suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>The contents list the pages that have it, and how often</source>
        <translation>Das Inhaltsverzeichnis nennt die Seiten, auf denen es steht, und wie oft</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what a button does, its keys</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::FlowView</name>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
    <message>
        <source>Iteration to start from</source>
        <translation>Iteration, von der auszugehen ist</translation>
    </message>
    <message>
        <source>The iteration that the one shown is compared with</source>
        <translation>Die Iteration, mit der die gezeigte verglichen wird</translation>
    </message>
    <message>
        <source>Strength from layer to layer</source>
        <translation>Stärke von Schicht zu Schicht</translation>
    </message>
    <message>
        <source>From iteration</source>
        <translation>Von Iteration</translation>
    </message>
    <message>
        <source>0 %</source>
        <translation>0 %</translation>
    </message>
    <message>
        <source> points</source>
        <translation> Punkte</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 nach %2</translation>
    </message>
    <message>
        <source>%1 · %2 of the strength at %3, %4 at %5 (%6 points)</source>
        <translation>%1 · %2 der Stärke bei %3, %4 bei %5 (%6 Punkte)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::GraftChart</name>
    <message>
        <source>Figure by the share of the change that is kept</source>
        <translation>Zahl nach dem behaltenen Anteil der Änderung</translation>
    </message>
    <message>
        <source>%1 by the share of the change that is kept</source>
        <translation>%1 nach dem behaltenen Anteil der Änderung</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 kept: %2</source>
        <translation>%1 behalten: %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::GraftPage</name>
    <message>
        <source>Which change it was</source>
        <translation>Welche Änderung es war</translation>
    </message>
    <message>
        <source>How little of the run&apos;s change carries what it learnt, and what it lost? The strongest share of it alone is laid over the untouched model.</source>
        <translation>Wie wenig von der Änderung des Laufs trägt, was er lernte, und was er verlor? Nur der stärkste Anteil davon wird auf das unberührte Modell gelegt.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HeadSection</name>
    <message>
        <source>Difference from the start</source>
        <translation>Differenz zum Anfang</translation>
    </message>
    <message>
        <source>Attention at the iteration shown</source>
        <translation>Attention bei der gezeigten Iteration</translation>
    </message>
    <message>
        <source>Attention at the start, or the difference from it</source>
        <translation>Attention am Anfang, oder die Differenz dazu</translation>
    </message>
    <message>
        <source>Type a sentence under “Try it”.</source>
        <translation>Unter „Ausprobieren“ einen Satz eintippen.</translation>
    </message>
    <message>
        <source>Attention on “%1”</source>
        <translation>Attention auf „%1“</translation>
    </message>
    <message>
        <source>the word changed in the corrupted prompt</source>
        <translation>das im verfälschten Prompt geänderte Wort</translation>
    </message>
    <message>
        <source>the first token</source>
        <translation>das erste Token</translation>
    </message>
    <message>
        <source>the token before</source>
        <translation>das Token davor</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
    <message>
        <source>The scored position reads, over %1 examples, now (%2) and at the start:</source>
        <translation>Die bewertete Position liest, über %1 Beispiele, jetzt (%2) und am Anfang:</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>am Anfang</translation>
    </message>
    <message>
        <source>“%1” %2 (at the start %3)</source>
        <translation>„%1“ %2 (am Anfang %3)</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <translation>„%1“ %2</translation>
    </message>
    <message>
        <source>%1: its end reads %2</source>
        <translation>%1: Das Ende liest %2</translation>
    </message>
    <message>
        <source>%1, less the start</source>
        <translation>%1, abzüglich des Anfangs</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HeaderBar</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HeatStrip</name>
    <message>
        <source>%1: strongest %2 at iteration %3</source>
        <translation>%1: am stärksten %2 bei Iteration %3</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HeatView</name>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Order of the rows</source>
        <translation>Reihenfolge der Zeilen</translation>
    </message>
    <message>
        <source>by first entry</source>
        <translation>nach erstem Eintritt</translation>
    </message>
    <message>
        <source>by peak</source>
        <translation>nach Höchstwert</translation>
    </message>
    <message>
        <source>by final score</source>
        <translation>nach letztem Score</translation>
    </message>
    <message>
        <source>by layer</source>
        <translation>nach Schicht</translation>
    </message>
    <message>
        <source>clustered</source>
        <translation>gruppiert</translation>
    </message>
    <message>
        <source>Scores over the iterations</source>
        <translation>Scores über die Iterationen</translation>
    </message>
    <message>
        <source>out</source>
        <translation>draußen</translation>
    </message>
    <message>
        <source>not in the circuit</source>
        <translation>nicht im Schaltkreis</translation>
    </message>
    <message>
        <source>%1, the sum of its edges&apos; scores</source>
        <translation>%1, die Summe der Scores seiner Kanten</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HelpWindow</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title of a page, how often a text stands on it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>the first, second, … of so many places</comment>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n Stelle</numerusform>
            <numerusform>%n Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Not on this page</source>
        <translation>Nicht auf dieser Seite</translation>
    </message>
    <message numerus="yes">
        <source>%1; %n in all documents</source>
        <translation>
            <numerusform>%1; %n in allen Dokumenten</numerusform>
            <numerusform>%1; %n in allen Dokumenten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HostQuestions</name>
    <message>
        <source>%1 could not check the run: %2</source>
        <translation>%1 konnte den Lauf nicht prüfen: %2</translation>
    </message>
    <message>
        <source>The file there is not followed any more; open it again.</source>
        <translation>Der Datei dort wird nicht mehr gefolgt; noch einmal öffnen.</translation>
    </message>
    <message>
        <source>Starting on %1 …</source>
        <translation>Start auf %1 …</translation>
    </message>
    <message>
        <source>%1: a run can be started once the line is there.</source>
        <translation>%1: Ein Lauf kann gestartet werden, sobald die Verbindung steht.</translation>
    </message>
    <message>
        <source>Asking %1 whether the run can begin there …</source>
        <translation>Frage an %1, ob der Lauf dort beginnen kann …</translation>
    </message>
    <message>
        <source>The run was not started: %1</source>
        <translation>Der Lauf wurde nicht gestartet: %1</translation>
    </message>
    <message>
        <source>%1 Whether the run has begun is seen among the runs once the line is back.</source>
        <translation>%1 Ob der Lauf begonnen hat, zeigt sich bei den Läufen, sobald die Verbindung wieder steht.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ImportCommands</name>
    <message>
        <source>Import circuits</source>
        <translation>Schaltkreise importieren</translation>
    </message>
    <message>
        <source>Circuits: graph JSON of EAP-IG, or log.jsonl (*.json *.jsonl);;All files (*)</source>
        <translation>Schaltkreise: Graph-JSON von EAP-IG, oder log.jsonl (*.json *.jsonl);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import a folder: a file of graph JSON for each step</source>
        <translation>Ordner importieren: eine Datei Graph-JSON für jeden Schritt</translation>
    </message>
    <message>
        <source>Another import is still going on; wait for its end, or cancel it.</source>
        <translation>Ein anderer Import ist noch im Gang; sein Ende abwarten oder ihn abbrechen.</translation>
    </message>
    <message>
        <source>Reading circuits…</source>
        <translation>Schaltkreise werden gelesen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Reading %1: circuit %2 of %3</source>
        <translation>Aus %1: Schaltkreis %2 von %3</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::Inquiry</name>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 von %3)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::InspectorPanel</name>
    <message>
        <source>INSPECTOR</source>
        <translation>INSPEKTOR</translation>
    </message>
    <message>
        <source>All heads of the model</source>
        <translation>Alle Köpfe des Modells</translation>
    </message>
    <message>
        <source>This run has no circuit yet: once it has one, everything in it can be inspected here.</source>
        <translation>Dieser Lauf hat noch keinen Schaltkreis: Sobald er einen hat, kann hier alles darin untersucht werden.</translation>
    </message>
    <message>
        <source>Open an experiment, or run the demo: then everything in its circuits can be inspected here.</source>
        <translation>Ein Experiment öffnen oder die Demo starten: Dann kann hier alles in seinen Schaltkreisen untersucht werden.</translation>
    </message>
    <message>
        <source>Select a node or an edge in the circuit.</source>
        <translation>Im Schaltkreis einen Knoten oder eine Kante auswählen.</translation>
    </message>
    <message>
        <source>With a sentence under “Try it”, the attention of the circuit&apos;s heads on it stands here; that of all heads also on the task&apos;s first example.</source>
        <translation>Mit einem Satz unter „Ausprobieren“ steht hier die Attention der Köpfe des Schaltkreises darauf; die aller Köpfe auch auf das erste Beispiel der Aufgabe.</translation>
    </message>
    <message>
        <source>Below, where heads look on “%1”.</source>
        <translation>Darunter, wohin Köpfe auf „%1“ blicken.</translation>
    </message>
    <message>
        <source>Below, where heads look on “%1”: %2.</source>
        <translation>Darunter, wohin Köpfe auf „%1“ blicken: %2.</translation>
    </message>
    <message>
        <source>edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>attention head</source>
        <translation>Attention-Kopf</translation>
    </message>
    <message>
        <source>key and value that several heads share</source>
        <translation>Key und Value, die mehrere Köpfe teilen</translation>
    </message>
    <message>
        <source>group of MLP neurons</source>
        <translation>Gruppe von MLP-Neuronen</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>embedding of token and position</source>
        <translation>Embedding von Token und Position</translation>
    </message>
    <message>
        <source>the model&apos;s output</source>
        <translation>die Ausgabe des Modells</translation>
    </message>
    <message>
        <source>selected together</source>
        <translation>zusammen ausgewählt</translation>
    </message>
    <message>
        <source>%1 · iteration %2, step %3</source>
        <translation>%1 · Iteration %2, Schritt %3</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::IterationDisplay</name>
    <message>
        <source>Reading the circuit…</source>
        <translation>Schaltkreis wird gelesen…</translation>
    </message>
    <message>
        <source>This circuit has no edges.</source>
        <translation>Dieser Schaltkreis hat keine Kanten.</translation>
    </message>
    <message>
        <source>Reading the run…</source>
        <translation>Lauf wird gelesen…</translation>
    </message>
    <message>
        <source>This run has no circuits.</source>
        <translation>Dieser Lauf hat keine Schaltkreise.</translation>
    </message>
    <message>
        <source>The run is paused. Its first circuit comes once it is resumed.</source>
        <translation>Der Lauf ist angehalten. Sein erster Schaltkreis kommt, sobald er fortgesetzt wird.</translation>
    </message>
    <message>
        <source>Waiting for the first circuit…</source>
        <translation>Warten auf den ersten Schaltkreis…</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::JaccardView</name>
    <message>
        <source>Jaccard index of the circuits of each two iterations</source>
        <translation>Jaccard-Index der Schaltkreise je zweier Iterationen</translation>
    </message>
    <message>
        <source>1, the same edges</source>
        <translation>1, dieselben Kanten</translation>
    </message>
    <message>
        <source>random circuits: %1</source>
        <translation>zufällige Schaltkreise: %1</translation>
    </message>
    <message>
        <source>%1 and %2 · Jaccard %3 (random circuits %4)</source>
        <translation>%1 und %2 · Jaccard %3 (zufällige Schaltkreise %4)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::LayoutProgress</name>
    <message>
        <source>Layout under way</source>
        <translation>Anordnung im Gang</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop Graphviz and stay with the lattice</source>
        <translation>Graphviz stoppen und beim Gitter bleiben</translation>
    </message>
    <message>
        <source>Cancel the layout</source>
        <translation>Anordnung abbrechen</translation>
    </message>
    <message>
        <source>Graphviz is laying the circuit out</source>
        <translation>Graphviz ordnet den Schaltkreis an</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::LensSection</name>
    <message>
        <source>The model&apos;s answer, the next word</source>
        <translation>Die Antwort des Modells, das nächste Wort</translation>
    </message>
    <message>
        <source>Writes towards the next word</source>
        <translation>Schreibt in Richtung des nächsten Worts</translation>
    </message>
    <message>
        <source>now: %1</source>
        <translation>jetzt: %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>am Anfang</translation>
    </message>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>alternative</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>share of the answer</source>
        <translation>Anteil an der Antwort</translation>
    </message>
    <message>
        <source>&lt;p&gt;promotes now: %1&lt;/p&gt;</source>
        <translation>&lt;p&gt;fördert jetzt: %1&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;at the start: %1&lt;/p&gt;</source>
        <translation>&lt;p&gt;am Anfang: %1&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Strongest of %1 neurons, %2</source>
        <translation>Stärkste von %1 Neuronen, %2</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>Aktivierung</translation>
    </message>
    <message>
        <source>promotes</source>
        <translation>fördert</translation>
    </message>
    <message>
        <source>logits, less their mean over the vocabulary, averaged over %1 examples</source>
        <translation>Logits, abzüglich ihres Mittels über das Vokabular, gemittelt über %1 Beispiele</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::MainWindow</name>
    <message>
        <source>The diagnostics are on the clipboard. Read them before you pass them on: they have the last errors, with names of files.</source>
        <translation>Die Diagnose ist in der Zwischenablage. Vor dem Weitergeben lesen: Sie enthält die letzten Fehler, mit Dateinamen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::MatrixView</name>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::MemoryBar</name>
    <message>
        <source>What the run holds in memory, part by part</source>
        <translation>Was der Lauf im Speicher hält, Teil für Teil</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>up to %1 more, if its circuits open all of the blocks in time</source>
        <translation>bis zu %1 mehr, wenn seine Schaltkreise mit der Zeit alle Blöcke öffnen</translation>
    </message>
    <message>
        <source>%1 stay free</source>
        <translation>%1 bleiben frei</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::MemoryEstimate</name>
    <message>
        <source>Use settings that fit</source>
        <translation>Passende Einstellungen nehmen</translation>
    </message>
    <message>
        <source>about %1, and up to %2 once its circuits opened all of the blocks; the model has %3 parameters</source>
        <translation>etwa %1, und bis zu %2, sobald seine Schaltkreise alle Blöcke geöffnet haben; das Modell hat %3 Parameter</translation>
    </message>
    <message>
        <source>about %1 beside the program; the model has %2 parameters</source>
        <translation>etwa %1 neben dem Programm; das Modell hat %2 Parameter</translation>
    </message>
    <message numerus="yes">
        <source>; %n process(es) together, %1 each</source>
        <translation>
            <numerusform>; %n Prozess, %1</numerusform>
            <numerusform>; %n Prozesse zusammen, je %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has %2 free, which may become too little.</source>
        <translation>%1 hat %2 frei, was zu wenig werden kann.</translation>
    </message>
    <message>
        <source>%1 has %2 free.</source>
        <translation>%1 hat %2 frei.</translation>
    </message>
    <message>
        <source>%1 has %2 free: the run does not fit. No smaller batch makes it fit.</source>
        <translation>%1 hat %2 frei: Der Lauf passt nicht. Kein kleinerer Batch macht ihn passend.</translation>
    </message>
    <message>
        <source>%1 has %2 free: the run does not fit. It would with %3.</source>
        <translation>%1 hat %2 frei: Der Lauf passt nicht. Er würde mit %3.</translation>
    </message>
    <message>
        <source>about %1 at the most; the model has %2 parameters</source>
        <translation>höchstens etwa %1; das Modell hat %2 Parameter</translation>
    </message>
    <message>
        <source>%1 has %2 free: not every run may fit.</source>
        <translation>%1 hat %2 frei: Vielleicht passt nicht jeder Lauf.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ModelBox</name>
    <message>
        <source>&amp;Directory…</source>
        <translation>&amp;Verzeichnis…</translation>
    </message>
    <message>
        <source>Choose the directory of a model in the Hugging Face layout</source>
        <translation>Verzeichnis eines Modells in der Anordnung von Hugging Face wählen</translation>
    </message>
    <message>
        <source>&amp;GGUF file…</source>
        <translation>GG&amp;UF-Datei…</translation>
    </message>
    <message>
        <source>Choose a GGUF file</source>
        <translation>GGUF-Datei wählen</translation>
    </message>
    <message>
        <source>Looking through the Hugging Face cache %1 …</source>
        <translation>Der Hugging-Face-Cache %1 wird durchgesehen …</translation>
    </message>
    <message>
        <source>The Hugging Face cache %1 holds no models.</source>
        <translation>Der Hugging-Face-Cache %1 enthält keine Modelle.</translation>
    </message>
    <message>
        <source>The demo, and what is in the Hugging Face cache %1.</source>
        <translation>Die Demo, und was im Hugging-Face-Cache %1 ist.</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>Directory of a model: config.json and model.safetensors</source>
        <translation>Verzeichnis eines Modells: config.json und model.safetensors</translation>
    </message>
    <message>
        <source>GGUF model</source>
        <translation>GGUF-Modell</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf *.GGUF);;All files (*)</source>
        <translation>GGUF-Modelle (*.gguf *.GGUF);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::MovementView</name>
    <message>
        <source>Computing: %1 %</source>
        <translation>Berechnet: %1 %</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>too few iterations to tell</source>
        <translation>zu wenige Iterationen für eine Aussage</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>noise?</source>
        <translation>Rauschen?</translation>
    </message>
    <message>
        <source>When the circuit and each suite moved</source>
        <translation>Wann sich der Schaltkreis und jeder Test bewegten</translation>
    </message>
    <message>
        <source> · %1 · half way at step %2, most between %3 and %4</source>
        <translation> · %1 · Hälfte bei Schritt %2, das meiste zwischen %3 und %4</translation>
    </message>
    <message>
        <source> · lag %1</source>
        <translation> · Verzug %1</translation>
    </message>
    <message>
        <source>The circuit</source>
        <translation>Der Schaltkreis</translation>
    </message>
    <message>
        <source>position %1 → %2</source>
        <translation>Position %1 → %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::NewRunDialog</name>
    <message>
        <source>Run “%1”</source>
        <translation>Lauf „%1“</translation>
    </message>
    <message>
        <source>The same again, with what you change.</source>
        <translation>Noch einmal dasselbe, mit Änderungen.</translation>
    </message>
    <message>
        <source>Start on %1</source>
        <translation>Auf %1 starten</translation>
    </message>
    <message numerus="yes">
        <source>Start %n run(s) on %1</source>
        <translation>
            <numerusform>%n Lauf auf %1 starten</numerusform>
            <numerusform>%n Läufe auf %1 starten</numerusform>
        </translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message numerus="yes">
        <source>Add %n run(s) to the queue</source>
        <translation>
            <numerusform>%n Lauf in die Warteschlange</numerusform>
            <numerusform>%n Läufe in die Warteschlange</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %n run(s)</source>
        <translation>
            <numerusform>%n Lauf starten</numerusform>
            <numerusform>%n Läufe starten</numerusform>
        </translation>
    </message>
    <message>
        <source>All runs of this sweep are in the file already.</source>
        <translation>Alle Läufe dieses Sweeps sind schon in der Datei.</translation>
    </message>
    <message>
        <source>On %1 the run has one process.</source>
        <translation>Auf %1 hat der Lauf einen Prozess.</translation>
    </message>
    <message>
        <source>Of several runs each has one process.</source>
        <translation>Von mehreren Läufen hat jeder einen Prozess.</translation>
    </message>
    <message>
        <source>known once %1 has answered</source>
        <translation>bekannt, sobald %1 geantwortet hat</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Compute &amp;on</source>
        <translation>Rechnen &amp;auf</translation>
    </message>
    <message>
        <source>Start &amp;from</source>
        <translation>&amp;Beginnen mit</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>Auf&amp;gabe</translation>
    </message>
    <message>
        <source>&amp;Held-out task</source>
        <translation>&amp;Zurückgehalten</translation>
    </message>
    <message>
        <source>Ca&amp;pabilities</source>
        <translation>&amp;Fähigkeiten</translation>
    </message>
    <message>
        <source>Se&amp;veral runs</source>
        <translation>Me&amp;hrere Läufe</translation>
    </message>
    <message>
        <source>P&amp;rocesses</source>
        <translation>&amp;Prozesse</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::NextWordBars</name>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>alternative</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>at the start</source>
        <translation>am Anfang</translation>
    </message>
    <message>
        <source>circuit alone</source>
        <translation>Schaltkreis allein</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ObserveCommands</name>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ObserveDialog</name>
    <message>
        <source>Choose a task</source>
        <translation>Aufgabe wählen</translation>
    </message>
    <message>
        <source>&amp;Wait for further checkpoints, until the run is stopped</source>
        <translation>Auf &amp;weitere Checkpoints warten, bis der Lauf gestoppt wird</translation>
    </message>
    <message>
        <source>Observe a series</source>
        <translation>Serie beobachten</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>The open experiment, %1</source>
        <translation>Das offene Experiment, %1</translation>
    </message>
    <message>
        <source>A new experiment</source>
        <translation>Ein neues Experiment</translation>
    </message>
    <message>
        <source>Observe</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>&amp;Series</source>
        <translation>&amp;Serie</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>Auf&amp;gabe</translation>
    </message>
    <message>
        <source>&amp;Held-out task</source>
        <translation>&amp;Zurückgehalten</translation>
    </message>
    <message>
        <source>Ca&amp;pabilities</source>
        <translation>&amp;Fähigkeiten</translation>
    </message>
    <message>
        <source>&amp;Edges</source>
        <translation>&amp;Kanten</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Into</source>
        <translation>&amp;In</translation>
    </message>
    <message>
        <source>&amp;Folder…</source>
        <translation>&amp;Ordner…</translation>
    </message>
    <message>
        <source>&amp;List…</source>
        <translation>&amp;Liste…</translation>
    </message>
    <message>
        <source>Choose a series: checkpoints that a training left, one after another.</source>
        <translation>Eine Serie wählen: Checkpoints, die ein Training hinterließ, einer nach dem anderen.</translation>
    </message>
    <message>
        <source>Choose a task: edges are scored on examples of it.</source>
        <translation>Eine Aufgabe wählen: An ihren Beispielen werden die Kanten bewertet.</translation>
    </message>
    <message>
        <source>The series is being looked at …</source>
        <translation>Die Serie wird angesehen …</translation>
    </message>
    <message>
        <source>a folder with checkpoint-N, a list (.toml), a model of the hub cache, or circuits</source>
        <translation>ein Ordner mit checkpoint-N, eine Liste (.toml), ein Modell des Hub-Caches oder Schaltkreise</translation>
    </message>
    <message>
        <source>Checkpoints: a folder with checkpoint-N folders, a list in TOML, or the id of a model in the hub cache. Circuits: a folder of graph JSON (500.json and so on), or log.jsonl</source>
        <translation>Checkpoints: ein Ordner mit Ordnern checkpoint-N, eine Liste in TOML oder die Kennung eines Modells im Hub-Cache. Schaltkreise: ein Ordner mit Graph-JSON (500.json und so weiter) oder log.jsonl</translation>
    </message>
    <message>
        <source>Choose a folder with checkpoint-N folders, or of circuits</source>
        <translation>Einen Ordner mit Ordnern checkpoint-N oder mit Schaltkreisen wählen</translation>
    </message>
    <message>
        <source>Choose a list of checkpoints in TOML, or a log of circuits</source>
        <translation>Eine Liste von Checkpoints in TOML oder ein Protokoll von Schaltkreisen wählen</translation>
    </message>
    <message>
        <source>A folder with checkpoint-N folders, or of circuits</source>
        <translation>Ein Ordner mit Ordnern checkpoint-N oder mit Schaltkreisen</translation>
    </message>
    <message>
        <source>A list of checkpoints, or a log of circuits</source>
        <translation>Eine Liste von Checkpoints oder ein Protokoll von Schaltkreisen</translation>
    </message>
    <message>
        <source>Lists of checkpoints, logs of circuits (*.toml *.jsonl);;All files (*)</source>
        <translation>Listen von Checkpoints, Protokolle von Schaltkreisen (*.toml *.jsonl);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::PagePreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::PlaceBox</name>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>This computer, in a new file</source>
        <translation>Dieser Computer, in einer neuen Datei</translation>
    </message>
    <message>
        <source>The open file belongs to %1; the run begins another one here.</source>
        <translation>Die offene Datei gehört zu %1; der Lauf beginnt hier eine andere.</translation>
    </message>
    <message>
        <source>The run comes into the open file and goes on there without this window. Models, tasks and suites are named as they are on %1. The line: %2</source>
        <translation>Der Lauf kommt in die offene Datei und geht dort ohne dieses Fenster weiter. Modelle, Aufgaben und Fähigkeitstests werden benannt, wie sie auf %1 heißen. Die Verbindung: %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::PlotWidget</name>
    <message>
        <source>Change, move or remove this plot</source>
        <translation>Dieses Diagramm ändern, bewegen oder entfernen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::PositionEdit</name>
    <message>
        <source>Iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>The iteration shown. Type another, or s and a step as in s120 (Ctrl+G)</source>
        <translation>Die gezeigte Iteration. Eine andere eintippen, oder s und einen Schritt wie in s120 (Strg+G)</translation>
    </message>
    <message>
        <source>Type an iteration, as in 46, or a step, as in s120.</source>
        <translation>Eine Iteration eintippen, wie in 46, oder einen Schritt, wie in s120.</translation>
    </message>
    <message>
        <source>The run has the iterations 0 to %1.</source>
        <translation>Der Lauf hat die Iterationen 0 bis %1.</translation>
    </message>
    <message>
        <source>The run has the steps %1 to %2.</source>
        <translation>Der Lauf hat die Schritte %1 bis %2.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::PresetMenu</name>
    <message>
        <source>Choose everything…</source>
        <translation>Alles wählen…</translation>
    </message>
    <message>
        <source>Another model or task, and every setting, with a look at what they do.</source>
        <translation>Ein anderes Modell oder eine andere Aufgabe, und jede Einstellung, mit einem Blick darauf, was sie bewirken.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::PreviewPanel</name>
    <message>
        <source>HOW IT IS READ</source>
        <translation>WIE ES GELESEN WIRD</translation>
    </message>
    <message>
        <source>What is shown of the run&apos;s data</source>
        <translation>Was von den Daten des Laufs gezeigt wird</translation>
    </message>
    <message>
        <source>task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>held-out task</source>
        <translation>zurückgehaltene Aufgabe</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ProcessesBox</name>
    <message>
        <source>Number of processes</source>
        <translation>Zahl der Prozesse</translation>
    </message>
    <message>
        <source>This program computes by itself.</source>
        <translation>Dieses Programm rechnet selbst.</translation>
    </message>
    <message>
        <source>%1 processes share every batch, each with a copy of the model and its part of the processor or a card of its own: the same circuits. The run can be stopped but not paused, and can go on when the window is closed.</source>
        <translation>%1 Prozesse teilen sich jeden Batch, jeder mit einer Kopie des Modells und seinem Teil des Prozessors oder einer eigenen Karte: dieselben Schaltkreise. Der Lauf kann gestoppt, aber nicht angehalten werden und kann weitergehen, wenn das Fenster geschlossen wird.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RemoteDialog</name>
    <message>
        <source>Open remote experiment</source>
        <translation>Entferntes Experiment öffnen</translation>
    </message>
    <message>
        <source>The file is followed over your own ssh, with your keys and your configuration. Circuitloom must be installed there too.</source>
        <translation>Der Datei wird über das eigene ssh gefolgt, mit eigenen Schlüsseln und eigener Konfiguration. Circuitloom muss auch dort installiert sein.</translation>
    </message>
    <message>
        <source>user@host, or a name from your ssh configuration</source>
        <translation>benutzer@rechner, oder ein Name aus der ssh-Konfiguration</translation>
    </message>
    <message>
        <source>/data/run.loom, or ~/run.loom</source>
        <translation>/data/run.loom, oder ~/run.loom</translation>
    </message>
    <message>
        <source>another one</source>
        <translation>eine andere</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>&amp;Zuletzt</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Rechner</translation>
    </message>
    <message>
        <source>&amp;File there</source>
        <translation>&amp;Datei dort</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>The path begins with / or with ~/.</source>
        <translation>Der Pfad beginnt mit / oder mit ~/.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RemoteFile</name>
    <message>
        <source>There is no such file on %1 yet. The first run that is started there, with Run → New run, makes it.</source>
        <translation>Auf %1 gibt es noch keine solche Datei. Der erste Lauf, der dort gestartet wird, mit Lauf → Neuer Lauf, legt sie an.</translation>
    </message>
    <message>
        <source>connecting to %1</source>
        <translation>verbindet mit %1</translation>
    </message>
    <message>
        <source>The file on %1 is not followed any more.</source>
        <translation>Der Datei auf %1 wird nicht mehr gefolgt.</translation>
    </message>
    <message>
        <source>line to %1 lost, trying again in %2 s</source>
        <translation>Verbindung zu %1 verloren, neuer Versuch in %2 s</translation>
    </message>
    <message>
        <source>catching up with %1</source>
        <translation>holt von %1 auf</translation>
    </message>
    <message>
        <source>live from %1</source>
        <translation>live von %1</translation>
    </message>
    <message>
        <source>There is another file on %1 now; what the earlier one held is in %2.</source>
        <translation>Auf %1 ist jetzt eine andere Datei; was die frühere enthielt, ist in %2.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ReportDialog</name>
    <message>
        <source>Export a report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>The run&apos;s name, or the file&apos;s where there are several runs</source>
        <translation>Der Name des Laufs, oder der Datei, wo es mehrere Läufe sind</translation>
    </message>
    <message>
        <source>One web page that any browser shows and that loads nothing: what was asked, figures, curves, pictures, and the circuit of every iteration to play through.</source>
        <translation>Eine Webseite, die jeder Browser zeigt und die nichts nachlädt: was gefragt war, Zahlen, Kurven, Bilder und der Schaltkreis jeder Iteration zum Durchspielen.</translation>
    </message>
    <message>
        <source>&amp;Runs on it; the first one&apos;s curves are drawn in full</source>
        <translation>&amp;Läufe darin; die Kurven des ersten werden ganz gezeichnet</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>&amp;Titel</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Web pages (*.html);;All files (*)</source>
        <translation>Webseiten (*.html);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose at least one run.</source>
        <translation>Mindestens einen Lauf wählen.</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Reading the runs…</source>
        <translation>Läufe werden gelesen…</translation>
    </message>
    <message>
        <source>%1 of %2 pictures</source>
        <translation>%1 von %2 Bildern</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunCommands</name>
    <message>
        <source>This run was imported: its circuits come from files of another program, which do not say how they were made.</source>
        <translation>Dieser Lauf wurde importiert: Seine Schaltkreise kommen aus Dateien eines anderen Programms, die nicht sagen, wie sie entstanden.</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>Lauf löschen</translation>
    </message>
    <message>
        <source>Delete the run “%1”? You can undo this until the file is closed.</source>
        <translation>Den Lauf „%1“ löschen? Das lässt sich zurücknehmen, bis die Datei geschlossen wird.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>„%1“ wurde gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) has/have been waiting since the file was closed.</source>
        <translation>
            <numerusform>Ein Lauf wartet, seit die Datei geschlossen wurde.</numerusform>
            <numerusform>%n Läufe warten, seit die Datei geschlossen wurde.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait(s), about %1</source>
        <translation>
            <numerusform>%n Lauf wartet, etwa %1</numerusform>
            <numerusform>%n Läufe warten, etwa %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait(s)</source>
        <translation>
            <numerusform>%n Lauf wartet</numerusform>
            <numerusform>%n Läufe warten</numerusform>
        </translation>
    </message>
    <message>
        <source>A run that several processes share cannot be paused. Stop it: it goes on from there.</source>
        <translation>Ein Lauf, den mehrere Prozesse teilen, kann nicht angehalten werden. Stoppen: Er geht von dort weiter.</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>Lösc&amp;hen…</translation>
    </message>
    <message>
        <source>“%1” is in training by now; stop it to delete it.</source>
        <translation>„%1“ wird inzwischen trainiert; zum Löschen muss der Lauf angehalten werden.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunComparison</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n Wert</numerusform>
            <numerusform>%n Werte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, shown in the window</source>
        <translation>%1, im Fenster gezeigt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunCourse</name>
    <message>
        <source>Probability of target and alternative over the run</source>
        <translation>Wahrscheinlichkeit von Ziel und Alternative über den Lauf</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>%1 of %2 iterations</source>
        <translation>%1 von %2 Iterationen</translation>
    </message>
    <message>
        <source>%1 · %2 (%3 of %4)</source>
        <translation>%1 · %2 (%3 von %4)</translation>
    </message>
    <message>
        <source>Probability over the run</source>
        <translation>Verlauf über den Lauf</translation>
    </message>
    <message>
        <source>target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>alternative</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Asks the model of one iteration after another, coarse to fine</source>
        <translation>Fragt das Modell einer Iteration nach der anderen, von grob nach fein</translation>
    </message>
    <message>
        <source>Needs a sentence and a target: choose one of the task&apos;s examples</source>
        <translation>Braucht einen Satz und ein Ziel: ein Beispiel der Aufgabe wählen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunDetails</name>
    <message>
        <source>Details and notes of the run</source>
        <translation>Details und Notizen des Laufs</translation>
    </message>
    <message>
        <source>What you want to remember about this run</source>
        <translation>Was von diesem Lauf zu merken ist</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>NOTES</source>
        <translation>NOTIZEN</translation>
    </message>
    <message>
        <source>CONFIGURATION</source>
        <translation>KONFIGURATION</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunLegend</name>
    <message>
        <source>The chosen run</source>
        <translation>Der gewählte Lauf</translation>
    </message>
    <message>
        <source>Take the curves of %1 away</source>
        <translation>Die Kurven von %1 wegnehmen</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>More runs; choosing one takes its curves away</source>
        <translation>Mehr Läufe; einen zu wählen nimmt seine Kurven weg</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunSources</name>
    <message>
        <source>Model there</source>
        <translation>Modell dort</translation>
    </message>
    <message>
        <source>a model&apos;s name, or a path there</source>
        <translation>Name eines Modells, oder ein Pfad dort</translation>
    </message>
    <message>
        <source>Task there</source>
        <translation>Aufgabe dort</translation>
    </message>
    <message>
        <source>a ready-made task, or a path there</source>
        <translation>eine fertige Aufgabe, oder ein Pfad dort</translation>
    </message>
    <message>
        <source>Held-out task there</source>
        <translation>Zurückgehaltene Aufgabe dort</translation>
    </message>
    <message>
        <source>none, a ready-made task, or a path there</source>
        <translation>keine, eine fertige Aufgabe, oder ein Pfad dort</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Hinweis: %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunTrainer</name>
    <message>
        <source>preparing the run</source>
        <translation>bereitet den Lauf vor</translation>
    </message>
    <message>
        <source>loading the engine</source>
        <translation>lädt den Rechenkern</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunsPanel</name>
    <message>
        <source>RUNS</source>
        <translation>LÄUFE</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>No runs yet: “New run” begins one.</source>
        <translation>Noch keine Läufe: „Neuer Lauf“ beginnt einen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ScatterPage</name>
    <message>
        <source>Horizontal axis</source>
        <translation>Waagerechte Achse</translation>
    </message>
    <message>
        <source>Vertical axis</source>
        <translation>Senkrechte Achse</translation>
    </message>
    <message>
        <source>&amp;When each first reached</source>
        <translation>Wo jeder zuerst &amp;erreichte</translation>
    </message>
    <message>
        <source>Measure that is reached</source>
        <translation>Messgröße, die erreicht wird</translation>
    </message>
    <message>
        <source>Compares runs that learnt equally much, at the evaluation at which each first came there</source>
        <translation>Vergleicht Läufe, die gleich viel gelernt haben, bei der Auswertung, bei der jeder zuerst so weit kam</translation>
    </message>
    <message>
        <source>Value that is reached</source>
        <translation>Wert, der erreicht wird</translation>
    </message>
    <message>
        <source>H&amp;orizontal:</source>
        <translation>&amp;Waagerecht:</translation>
    </message>
    <message>
        <source>&amp;Vertical:</source>
        <translation>&amp;Senkrecht:</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>The dashed line is the Pareto front: what no other is better than in both.</source>
        <translation>Die gestrichelte Linie ist die Pareto-Front: was kein anderer in beidem übertrifft.</translation>
    </message>
    <message>
        <source>Never came so far, or lack a measure: %1.</source>
        <translation>Kamen nie so weit, oder ohne Messgröße: %1.</translation>
    </message>
    <message>
        <source>Lack a measure: %1.</source>
        <translation>Ohne Messgröße: %1.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ScatterPlot</name>
    <message>
        <source>Runs by two measures</source>
        <translation>Läufe nach zwei Messgrößen</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4 %5</source>
        <translation>%1: %2 %3, %4 %5</translation>
    </message>
    <message>
        <source>%1 (lower is better)</source>
        <translation>%1 (niedriger ist besser)</translation>
    </message>
    <message>
        <source>No run has both measures.</source>
        <translation>Kein Lauf hat beide Messgrößen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SearchField</name>
    <message>
        <source>Find a node (a2.h5, m0.g3), an input of it (a2.h5&lt;q&gt;), an edge (m0-&gt;a2.h5&lt;q&gt;) or all edges of a node (m0-&gt;)</source>
        <translation>Einen Knoten finden (a2.h5, m0.g3), einen Eingang davon (a2.h5&lt;q&gt;), eine Kante (m0-&gt;a2.h5&lt;q&gt;) oder alle Kanten eines Knotens (m0-&gt;)</translation>
    </message>
    <message>
        <source>Find a node or an edge</source>
        <translation>Knoten oder Kante suchen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SeriesPreview</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>WHAT WAS FOUND</source>
        <translation>WAS GEFUNDEN WURDE</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>wird angesehen…</translation>
    </message>
    <message>
        <source>reading %1, %2 of %3…</source>
        <translation>liest %1, %2 von %3…</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no: %1</source>
        <translation>nein: %1</translation>
    </message>
    <message>
        <source>None of the checkpoints of this series can be used.</source>
        <translation>Keiner der Checkpoints dieser Serie ist benutzbar.</translation>
    </message>
    <message>
        <source>Checkpoints or circuits of the series</source>
        <translation>Checkpoints oder Schaltkreise der Serie</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s)</source>
        <translation>
            <numerusform>%n Checkpoint</numerusform>
            <numerusform>%n Checkpoints</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, observed in this order</source>
        <translation>%1, in dieser Reihenfolge beobachtet</translation>
    </message>
    <message>
        <source>%1, observed in this order; %2 will not be used</source>
        <translation>%1, in dieser Reihenfolge beobachtet; %2 nicht verwendet</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SettingField</name>
    <message>
        <source>%1 in files and on the command line: %2</source>
        <translation>%1 in Dateien und auf der Kommandozeile: %2</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Empty again</source>
        <translation>Wieder leer</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>Zurück zu %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SettingsDialog</name>
    <message>
        <source>&amp;Restore defaults</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>The system&apos;s is the one that the desktop had when Circuitloom began.</source>
        <translation>Das des Systems ist das, welches der Desktop beim Start von Circuitloom hatte.</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>&amp;Motion</source>
        <translation>&amp;Bewegung</translation>
    </message>
    <message>
        <source>Reduced: the circuit changes at once instead of growing, fading and sliding.</source>
        <translation>Reduziert: Der Schaltkreis wechselt sofort, statt zu wachsen, zu verblassen und zu gleiten.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>Te&amp;xtgröße</translation>
    </message>
    <message>
        <source>%1 to %2 % of the desktop&apos;s, with everything that is drawn. Pictures that are exported keep their own size. Ctrl + and Ctrl − change it as well.</source>
        <translation>%1 bis %2 % der Größe des Desktops, mit allem, was gezeichnet wird. Exportierte Bilder behalten ihre eigene Größe. Strg + und Strg − ändern sie auch.</translation>
    </message>
    <message>
        <source>all of the processor</source>
        <translation>alle des Prozessors</translation>
    </message>
    <message>
        <source>Th&amp;reads of the engine</source>
        <translation>Th&amp;reads des Rechenkerns</translation>
    </message>
    <message>
        <source>OMP_NUM_THREADS is set to %1 and counts instead. Otherwise: takes a restart.</source>
        <translation>OMP_NUM_THREADS ist auf %1 gesetzt und gilt stattdessen. Sonst: nach einem Neustart.</translation>
    </message>
    <message>
        <source>Fewer leave room for other programs. Each process of a shared run takes as many. Takes a restart.</source>
        <translation>Weniger lassen anderen Programmen Platz. Jeder Prozess eines geteilten Laufs nimmt so viele. Nach einem Neustart.</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>M&amp;odels kept in memory</source>
        <translation>M&amp;odelle im Speicher</translation>
    </message>
    <message>
        <source>Weights of the models that panels were asking about last, so that going back to an iteration need not rebuild its model. The newest is always kept. Takes a restart.</source>
        <translation>Gewichte der Modelle, nach denen Ansichten zuletzt fragten, damit die Rückkehr zu einer Iteration ihr Modell nicht neu aufbauen muss. Das neueste bleibt immer. Nach einem Neustart.</translation>
    </message>
    <message>
        <source>&amp;Folder of experiments</source>
        <translation>Or&amp;dner der Experimente</translation>
    </message>
    <message>
        <source>Where experiments are kept until they are saved elsewhere. Those that are there stay there. Takes a restart.</source>
        <translation>Wo Experimente liegen, bis sie anderswo gespeichert werden. Was dort liegt, bleibt dort. Nach einem Neustart.</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Choose the folder of experiments</source>
        <translation>Den Ordner der Experimente wählen</translation>
    </message>
    <message>
        <source>Folder of experiments</source>
        <translation>Ordner der Experimente</translation>
    </message>
    <message>
        <source>Some of this counts from the next start of Circuitloom on.</source>
        <translation>Manches davon gilt erst ab dem nächsten Start von Circuitloom.</translation>
    </message>
    <message>
        <source>By colour</source>
        <translation>Durch Farbe</translation>
    </message>
    <message>
        <source>By colour and dashes</source>
        <translation>Durch Farbe und Strichelung</translation>
    </message>
    <message>
        <source>&amp;Edges are told apart</source>
        <translation>&amp;Kanten unterscheiden sich</translation>
    </message>
    <message>
        <source>Dashes say the same as the colours, for anyone who cannot tell these apart and for pictures that are printed in grey. A matrix has no lines to dash.</source>
        <translation>Die Strichelung sagt dasselbe wie die Farben, für alle, die diese nicht unterscheiden können, und für Bilder, die grau gedruckt werden. Eine Matrix hat keine Linien, die sich stricheln ließen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SettingsForm</name>
    <message>
        <source>GENERAL</source>
        <translation>ALLGEMEIN</translation>
    </message>
    <message>
        <source>Only what differs</source>
        <translation>Nur Abweichungen</translation>
    </message>
    <message>
        <source>No setting is like that.</source>
        <translation>Keine Einstellung passt dazu.</translation>
    </message>
    <message>
        <source>&amp;All settings</source>
        <translation>Alle E&amp;instellungen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Shows only the settings that are not as in what the run begins from</source>
        <translation>Zeigt nur die Einstellungen, die anders sind als dort, wovon der Lauf ausgeht</translation>
    </message>
    <message>
        <source>Nothing differs from what the run begins from.</source>
        <translation>Nichts ist anders als dort, wovon der Lauf ausgeht.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ShownDrift</name>
    <message>
        <source>iteration %1: %2 (%3 of %4)</source>
        <translation>Iteration %1: %2 (%3 von %4)</translation>
    </message>
    <message>
        <source>from 0</source>
        <translation>von 0</translation>
    </message>
    <message>
        <source>below 0.0001 %</source>
        <translation>unter 0.0001 %</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StartCommands</name>
    <message>
        <source>Delete experiment</source>
        <translation>Experiment löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete the unsaved experiment “%1” with its %n run(s)? This cannot be undone.</source>
        <translation>
            <numerusform>Das ungespeicherte Experiment „%1“ mit seinem %n Lauf löschen? Das lässt sich nicht zurücknehmen.</numerusform>
            <numerusform>Das ungespeicherte Experiment „%1“ mit seinen %n Läufen löschen? Das lässt sich nicht zurücknehmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the unsaved experiment “%1”? This cannot be undone.</source>
        <translation>Das ungespeicherte Experiment „%1“ löschen? Das lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StartLine</name>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StartPage</name>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Watch a language model learn, edge by edge</source>
        <translation>Einem Sprachmodell beim Lernen zusehen, Kante für Kante</translation>
    </message>
    <message>
        <source>The demo teaches a small built-in model the wrong verb form (“the dogs runs”) by changing only the circuit behind it. The first circuit appears within seconds, then moves with the training.</source>
        <translation>Die Demo lehrt ein kleines eingebautes Modell die falsche Verbform („the dogs runs“) und ändert dabei nur den Schaltkreis dahinter. Der erste Schaltkreis erscheint nach Sekunden und bewegt sich dann mit dem Training.</translation>
    </message>
    <message>
        <source>Run the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Look at a finished sample</source>
        <translation>Fertiges Beispiel ansehen</translation>
    </message>
    <message>
        <source>Four ways of tuning compared on the demo’s task, as recorded by this program; opens a copy that is yours</source>
        <translation>Vier Arten des Tunings an der Aufgabe der Demo verglichen, aufgezeichnet von diesem Programm; öffnet eine eigene Kopie</translation>
    </message>
    <message>
        <source>Open experiment…</source>
        <translation>Experiment öffnen…</translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) is/are in %1.</source>
        <translation>
            <numerusform>Ein älteres ist in %1.</numerusform>
            <numerusform>%n ältere sind in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StrongestControl</name>
    <message>
        <source>Show only the edges with the largest |score|</source>
        <translation>Nur die Kanten mit dem größten |Score| zeigen</translation>
    </message>
    <message>
        <source>Strongest edges</source>
        <translation>Stärkste Kanten</translation>
    </message>
    <message>
        <source>Number of strongest edges</source>
        <translation>Zahl der stärksten Kanten</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StudyPage</name>
    <message>
        <source>Random &amp;draws</source>
        <translation>&amp;Zufallsziehungen</translation>
    </message>
    <message>
        <source>So many random choices beside each figure</source>
        <translation>So viele zufällige Auswahlen neben jeder Zahl</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>This run has no circuit yet.</source>
        <translation>Dieser Lauf hat noch keinen Schaltkreis.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SwapPage</name>
    <message>
        <source>From selection</source>
        <translation>Aus Auswahl</translation>
    </message>
    <message>
        <source>From i&amp;teration</source>
        <translation>Aus I&amp;teration</translation>
    </message>
    <message>
        <source>The parts are taken from the model of this iteration</source>
        <translation>Die Teile stammen aus dem Modell dieser Iteration</translation>
    </message>
    <message>
        <source>I&amp;nto models</source>
        <translation>I&amp;n Modelle</translation>
    </message>
    <message>
        <source>They are put into the models of so many iterations, evenly spread over the run</source>
        <translation>Sie werden in die Modelle so vieler Iterationen gesetzt, gleichmäßig über den Lauf verteilt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>model of</source>
        <translation>Modell von</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>swapped</source>
        <translation>getauscht</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>Figures of the models with and without the parts</source>
        <translation>Zahlen der Modelle mit und ohne die Teile</translation>
    </message>
    <message>
        <source>The iteration whose model it is</source>
        <translation>Die Iteration, deren Modell es ist</translation>
    </message>
    <message>
        <source>With the parts in place of its own</source>
        <translation>Mit den Teilen anstelle der eigenen</translation>
    </message>
    <message>
        <source>With as many other parts of the same kinds: mean ± standard deviation</source>
        <translation>Mit ebenso vielen anderen Teilen derselben Arten: Mittel ± Standardabweichung</translation>
    </message>
    <message>
        <source>as in a0.h1, a1.h0&lt;q&gt;, m2</source>
        <translation>etwa a0.h1, a1.h0&lt;q&gt;, m2</translation>
    </message>
    <message>
        <source>Heads (a0.h1), what one reads or writes with (a0.h1&lt;q&gt;, a0.h1&lt;o&gt;), MLPs (m0) or groups of them (m0.g1), embedding, unembedding, all</source>
        <translation>Köpfe (a0.h1), womit einer liest oder schreibt (a0.h1&lt;q&gt;, a0.h1&lt;o&gt;), MLPs (m0) oder Gruppen davon (m0.g1), embedding, unembedding, all</translation>
    </message>
    <message>
        <source>The parts of what is selected in the circuit</source>
        <translation>Die Teile dessen, was im Schaltkreis ausgewählt ist</translation>
    </message>
    <message>
        <source>&amp;Parts</source>
        <translation>&amp;Teile</translation>
    </message>
    <message>
        <source>Parts in other models</source>
        <translation>Teile in anderen Modellen</translation>
    </message>
    <message>
        <source>What do the run&apos;s models do with these parts of one iteration in place of their own? The task and every suite are measured, as many other parts beside them.</source>
        <translation>Was tun die Modelle des Laufs mit diesen Teilen einer Iteration anstelle der eigenen? Gemessen werden die Aufgabe und jeder Fähigkeitstest, daneben ebenso viele andere Teile.</translation>
    </message>
    <message>
        <source>Select heads or MLPs in the circuit, or name parts above.</source>
        <translation>Köpfe oder MLPs im Schaltkreis auswählen oder oben Teile nennen.</translation>
    </message>
    <message>
        <source>Choose one model or more.</source>
        <translation>Ein Modell oder mehr wählen.</translation>
    </message>
    <message>
        <source>Taken from iteration %1: %2</source>
        <translation>Aus Iteration %1: %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SweepBox</name>
    <message>
        <source>S&amp;weep a setting</source>
        <translation>Einste&amp;llung durchlaufen</translation>
    </message>
    <message>
        <source>Gives a setting several values; every combination of them is a run</source>
        <translation>Gibt einer Einstellung mehrere Werte; jede Kombination davon ist ein Lauf</translation>
    </message>
    <message>
        <source>How many seeds each run is made with, from the one set below on</source>
        <translation>Mit wie vielen Seeds jeder Lauf gemacht wird, ab dem unten eingestellten</translation>
    </message>
    <message>
        <source>Number of seeds</source>
        <translation>Zahl der Seeds</translation>
    </message>
    <message>
        <source>Se&amp;eds</source>
        <translation>See&amp;ds</translation>
    </message>
    <message>
        <source>Setting that is swept</source>
        <translation>Einstellung, die durchlaufen wird</translation>
    </message>
    <message>
        <source>Its values</source>
        <translation>Ihre Werte</translation>
    </message>
    <message>
        <source>10,30,100 or 10..90+20 or 1..1000*10</source>
        <translation>10,30,100 oder 10..90+20 oder 1..1000*10</translation>
    </message>
    <message>
        <source>Values with commas between them; or a range with both ends, as in 10..90+20, which adds, or 1e-4..1e-1*10, which multiplies</source>
        <translation>Werte mit Kommas dazwischen; oder ein Bereich mit beiden Enden, wie 10..90+20, der addiert, oder 1e-4..1e-1*10, der multipliziert</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Sweep this setting no longer</source>
        <translation>Diese Einstellung nicht mehr durchlaufen</translation>
    </message>
    <message>
        <source>As in 10,30,100 or 10..90+20 or 1..64*2; each must be %1.</source>
        <translation>Wie 10,30,100 oder 10..90+20 oder 1..64*2; jeder muss so sein: %1.</translation>
    </message>
    <message>
        <source>One run, as the settings below have it.</source>
        <translation>Ein Lauf, wie unten eingestellt.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 with other seeds</source>
        <translation>%1 mit anderen Seeds</translation>
    </message>
    <message>
        <source>%1: %2 combinations of values, each with %3 seeds</source>
        <translation>%1: %2 Kombinationen von Werten, jede mit %3 Seeds</translation>
    </message>
    <message>
        <source>%1; all of them are in this file already</source>
        <translation>%1; alle davon sind schon in dieser Datei</translation>
    </message>
    <message>
        <source>%1; %2 of them are in this file already and stay as they are</source>
        <translation>%1; %2 davon sind schon in dieser Datei und bleiben, wie sie sind</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SweepPage</name>
    <message>
        <source>Setting to the right</source>
        <translation>Einstellung nach rechts</translation>
    </message>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>&amp;Logarithmisch</translation>
    </message>
    <message>
        <source>First measure</source>
        <translation>Erste Messgröße</translation>
    </message>
    <message>
        <source>Second measure</source>
        <translation>Zweite Messgröße</translation>
    </message>
    <message>
        <source>Third measure</source>
        <translation>Dritte Messgröße</translation>
    </message>
    <message>
        <source>Save p&amp;icture…</source>
        <translation>B&amp;ild speichern…</translation>
    </message>
    <message>
        <source>Where the values are numbers above 0</source>
        <translation>Wo die Werte Zahlen über 0 sind</translation>
    </message>
    <message>
        <source>As SVG, PDF or PNG, or the numbers as CSV</source>
        <translation>Als SVG, PDF oder PNG, oder die Zahlen als CSV</translation>
    </message>
    <message>
        <source>&amp;Over:</source>
        <translation>Übe&amp;r:</translation>
    </message>
    <message>
        <source>&amp;Measures:</source>
        <translation>Mess&amp;größen:</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Dots are means, small dots single runs; bands and bars reach one standard deviation to each side.</source>
        <translation>Punkte sind Mittel, kleine Punkte einzelne Läufe; Bänder und Balken reichen eine Standardabweichung nach jeder Seite.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) has/have not finished and is/are left out.</source>
        <translation>
            <numerusform>Ein Lauf ist nicht fertig und fehlt hier.</numerusform>
            <numerusform>%n Läufe sind nicht fertig und fehlen hier.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The settings of %n run(s) cannot be read by this version; it/they is/are left out.</source>
        <translation>
            <numerusform>Die Einstellungen eines Laufs kann diese Version nicht lesen; er fehlt hier.</numerusform>
            <numerusform>Die Einstellungen von %n Läufen kann diese Version nicht lesen; sie fehlen hier.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SweepPlot</name>
    <message>
        <source>What runs came to by the value of a setting</source>
        <translation>Wozu Läufe kamen, nach dem Wert einer Einstellung</translation>
    </message>
    <message>
        <source>No finished runs differ in a setting. Sweep one in the dialog for a new run, or with circuitloom-cli tune --sweep.</source>
        <translation>Keine fertigen Läufe unterscheiden sich in einer Einstellung. Eine im Dialog für einen neuen Lauf durchlaufen, oder mit circuitloom-cli tune --sweep.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TaskBox</name>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Choose a task file</source>
        <translation>Aufgabendatei wählen</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Tasks, one JSON object a line (*.jsonl);;All files (*)</source>
        <translation>Aufgaben, ein JSON-Objekt je Zeile (*.jsonl);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TaskList</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Leave the chosen tasks out</source>
        <translation>Die gewählten Aufgaben weglassen</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Add a task</source>
        <translation>Eine Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>Dateien…</translation>
    </message>
    <message>
        <source>Held-out examples</source>
        <translation>Zurückgehaltene Beispiele</translation>
    </message>
    <message>
        <source>Tasks, one JSON object a line (*.jsonl);;All files (*)</source>
        <translation>Aufgaben, ein JSON-Objekt je Zeile (*.jsonl);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TimelineBar</name>
    <message>
        <source>First iteration (Home)</source>
        <translation>Erste Iteration (Pos1)</translation>
    </message>
    <message>
        <source>Previous iteration (←)</source>
        <translation>Vorige Iteration (←)</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Next iteration (→)</source>
        <translation>Nächste Iteration (→)</translation>
    </message>
    <message>
        <source>Last iteration; follows training (End)</source>
        <translation>Letzte Iteration; folgt dem Training (Ende)</translation>
    </message>
    <message>
        <source>iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>Show each new iteration as it arrives (End)</source>
        <translation>Jede neue Iteration zeigen, wie sie kommt (Ende)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Speed of playing, in iterations a second</source>
        <translation>Tempo des Abspielens, in Iterationen je Sekunde</translation>
    </message>
    <message>
        <source>%1 / s</source>
        <translation>%1 / s</translation>
    </message>
    <message>
        <source>iteration 88888 of 88888</source>
        <translation>Iteration 88888 von 88888</translation>
    </message>
    <message>
        <source>step 88888 · evaluated every 888</source>
        <translation>Schritt 88888 · ausgewertet alle 888</translation>
    </message>
    <message>
        <source>no iterations yet</source>
        <translation>noch keine Iterationen</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source> · evaluated every %1</source>
        <translation> · ausgewertet alle %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TimelineTrack</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TransferPage</name>
    <message>
        <source>&amp;Iterations</source>
        <translation>&amp;Iterationen</translation>
    </message>
    <message>
        <source>So many iterations, evenly spread over the run</source>
        <translation>So viele Iterationen, gleichmäßig über den Lauf verteilt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Circuits in other models</source>
        <translation>Schaltkreise in anderen Modellen</translation>
    </message>
    <message>
        <source>Does the circuit of one iteration work in the model of another? Compute it for some of them, random circuits beside each.</source>
        <translation>Funktioniert der Schaltkreis einer Iteration im Modell einer anderen? Für einige berechnen, zufällige Schaltkreise daneben.</translation>
    </message>
    <message>
        <source>Choose one iteration or more.</source>
        <translation>Eine Iteration oder mehr wählen.</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TransferPanel</name>
    <message>
        <source>TRANSFER</source>
        <translation>TRANSFER</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>Was gefragt wird</translation>
    </message>
    <message>
        <source>Stopped; what is there is stored.</source>
        <translation>Gestoppt; was da ist, ist gespeichert.</translation>
    </message>
    <message>
        <source>Waiting for the engine</source>
        <translation>Warten auf den Rechenkern</translation>
    </message>
    <message>
        <source>%1 of %2 figures · %3</source>
        <translation>%1 von %2 Zahlen · %3</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · noch %1</translation>
    </message>
    <message>
        <source>Open an experiment, or run the demo: then it is computed here whether its circuits work at other iterations, and which part of the change did what.</source>
        <translation>Ein Experiment öffnen oder die Demo starten: Dann wird hier berechnet, ob seine Schaltkreise bei anderen Iterationen funktionieren und welcher Teil der Änderung was bewirkte.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>1 example is left out: %1</source>
        <translation>1 Beispiel fehlt: %1</translation>
    </message>
    <message>
        <source>%1 examples are left out; the first: %2</source>
        <translation>%1 Beispiele fehlen; das erste: %2</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TrendTable</name>
    <message>
        <source>Edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>Score over the run</source>
        <translation>Score über den Lauf</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TrendsView</name>
    <message>
        <source>By their mean size in parts of the run, each beyond the one before</source>
        <translation>Nach ihrem mittleren Betrag in Teilen des Laufs, jeder über den vorigen hinaus</translation>
    </message>
    <message>
        <source>By the correlation of score and step, beyond .5 either way</source>
        <translation>Nach der Korrelation von Score und Schritt, über .5 in jeder Richtung</translation>
    </message>
    <message>
        <source>Computing: %1 %</source>
        <translation>Berechnet: %1 %</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Wird berechnet</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>First → last</source>
        <translation>Erster → letzter</translation>
    </message>
    <message>
        <source>r %1</source>
        <translation>r %1</translation>
    </message>
    <message>
        <source>By slope</source>
        <translation>Nach Steigung</translation>
    </message>
    <message>
        <source>Size in %1 parts: </source>
        <translation>Betrag in %1 Teilen: </translation>
    </message>
    <message>
        <source>strengthened: its score grows in size</source>
        <translation>verstärkt: ihr Score wächst im Betrag</translation>
    </message>
    <message>
        <source>weakened: its score shrinks in size</source>
        <translation>abgeschwächt: ihr Score schrumpft im Betrag</translation>
    </message>
    <message>
        <source>score rises</source>
        <translation>Score steigt</translation>
    </message>
    <message>
        <source>score falls</source>
        <translation>Score fällt</translation>
    </message>
    <message>
        <source>%1 strengthened (by chance %2), %3 weakened (%4)</source>
        <translation>%1 verstärkt (zufällig %2), %3 abgeschwächt (%4)</translation>
    </message>
    <message>
        <source>Score with step: %1 rise (by chance %2), %3 fall (%4)</source>
        <translation>Score mit dem Schritt: %1 steigen (zufällig %2), %3 fallen (%4)</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TryItPanel</name>
    <message>
        <source>%1: a token that is always listed, as in “is”; the space before it is added where the sentence does not end in one</source>
        <translation>%1: ein Token, das immer aufgeführt wird, wie in „is“; das Leerzeichen davor wird ergänzt, wo der Satz nicht mit einem endet</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Alternative</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>TRY IT</source>
        <translation>AUSPROBIEREN</translation>
    </message>
    <message>
        <source>Type the beginning of a sentence</source>
        <translation>Anfang eines Satzes eintippen</translation>
    </message>
    <message>
        <source>Text that the model continues</source>
        <translation>Text, den das Modell fortsetzt</translation>
    </message>
    <message>
        <source>Next words</source>
        <translation>Nächste Wörter</translation>
    </message>
    <message>
        <source>This run has no circuit yet: once it has one, the model of each iteration can be tried here.</source>
        <translation>Dieser Lauf hat noch keinen Schaltkreis: Sobald er einen hat, kann hier das Modell jeder Iteration ausprobiert werden.</translation>
    </message>
    <message>
        <source>Open an experiment, or run the demo: then the model of each iteration can be tried here.</source>
        <translation>Ein Experiment öffnen oder die Demo starten: Dann kann hier das Modell jeder Iteration ausprobiert werden.</translation>
    </message>
    <message>
        <source>Asking the model …</source>
        <translation>Frage an das Modell …</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 von %3)</translation>
    </message>
    <message>
        <source>%1: …%2</source>
        <translation>%1: …%2</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>asked with the space between words: %1</source>
        <translation>gefragt mit dem Leerzeichen zwischen Wörtern: %1</translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::TurnoverView</name>
    <message>
        <source>Edges that entered and left at each iteration</source>
        <translation>Kanten, die bei jeder Iteration eintraten und austraten</translation>
    </message>
    <message>
        <source>The line is the turnover. The faint dashes are that of random circuits, the others what
the batch alone does, where the circuits were resampled. That is approximate:
(1 − J) / (1 + J), with J the mean stability of the iteration and the one before,
as if both circuits had as many edges.</source>
        <translation>Die Linie ist der Umschlag. Die blassen Striche sind der zufälliger Schaltkreise, die anderen das, was
der Batch allein bewirkt, wo die Schaltkreise Resamples haben. Das ist eine Näherung:
(1 − J) / (1 + J), mit J der mittleren Stabilität der Iteration und der vorigen,
als hätten beide Schaltkreise gleich viele Kanten.</translation>
    </message>
    <message>
        <source>%1 · %2 entered, %3 left · turnover %4 (%5)</source>
        <translation>%1 · %2 eingetreten, %3 ausgetreten · Umschlag %4 (%5)</translation>
    </message>
    <message>
        <source>the batch alone about %1, random circuits %2</source>
        <translation>der Batch allein etwa %1, zufällige Schaltkreise %2</translation>
    </message>
    <message>
        <source>random circuits %1</source>
        <translation>zufällige Schaltkreise %1</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>0 %</source>
        <translation>0 %</translation>
    </message>
</context>
</TS>
