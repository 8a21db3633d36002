<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AblatePanel</name>
    <message numerus="yes">
        <source>All %n edge(s) switched off has/have a score.</source>
        <translation>
            <numerusform>The edge that is switched off has a score.</numerusform>
            <numerusform>All %n edges switched off have a score.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s) is/are left out; the first: %1</source>
        <translation>
            <numerusform>%n example is left out; the first: %1</numerusform>
            <numerusform>%n examples are left out; the first: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CircuitLegend</name>
    <message numerus="yes">
        <source>in for %n iteration(s)</source>
        <translation>
            <numerusform>in for %n iteration</numerusform>
            <numerusform>in for %n iterations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CountedText</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edge(s)</source>
        <translation>
            <numerusform>%n edge</numerusform>
            <numerusform>%n edges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n circuit(s)</source>
        <translation>
            <numerusform>%n circuit</numerusform>
            <numerusform>%n circuits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message numerus="yes">
        <source>%1 and %n more seed(s)</source>
        <translation>
            <numerusform>%1 and %n more seed</numerusform>
            <numerusform>%1 and %n more seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n seed(s) ± 1 s.d.</source>
        <translation>
            <numerusform>mean of %n seed ± 1 s.d.</numerusform>
            <numerusform>mean of %n seeds ± 1 s.d.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n seed(s), least to greatest</source>
        <translation>
            <numerusform>mean of %n seed, least to greatest</numerusform>
            <numerusform>mean of %n seeds, least to greatest</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceText</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportCommands</name>
    <message numerus="yes">
        <source>%n run(s) was/were imported, with %1.</source>
        <translation>
            <numerusform>%n run was imported, with %1.</numerusform>
            <numerusform>%n runs were imported, with %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlotWidget</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message numerus="yes">
        <source>imported · %n circuit(s)</source>
        <translation>
            <numerusform>imported · %n circuit</numerusform>
            <numerusform>imported · %n circuits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s)</source>
        <translation>
            <numerusform>%n checkpoint</numerusform>
            <numerusform>%n checkpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>finished · %n step(s)</source>
        <translation>
            <numerusform>finished · %n step</numerusform>
            <numerusform>finished · %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcePreview</name>
    <message numerus="yes">
        <source>%Ln example(s), all of which can be scored.</source>
        <translation>
            <numerusform>%Ln example, which can be scored.</numerusform>
            <numerusform>%Ln examples, all of which can be scored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln example(s); %1 cannot be scored</source>
        <translation>
            <numerusform>%Ln example; %1 cannot be scored</numerusform>
            <numerusform>%Ln examples; %1 cannot be scored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln target(s) look(s) like a mistake: %1.</source>
        <translation>
            <numerusform>%Ln target looks like a mistake: %1.</numerusform>
            <numerusform>%Ln targets look like a mistake: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message numerus="yes">
        <source>The %n run(s) that wait(s) is/are there again when this file is opened.</source>
        <translation>
            <numerusform>The run that waits is there again when this file is opened.</numerusform>
            <numerusform>The %n runs that wait are there again when this file is opened.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SweepDrawing</name>
    <message numerus="yes">
        <source>%1: %2 %3 of %n run(s)</source>
        <translation>
            <numerusform>%1: %2 %3 of one run</numerusform>
            <numerusform>%1: %2 %3 of %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineMarks</name>
    <message numerus="yes">
        <source>%n edge(s) entered</source>
        <translation>
            <numerusform>%n edge entered</numerusform>
            <numerusform>%n edges entered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::AlluvialView</name>
    <message numerus="yes">
        <source>%1 at %2: %n edge(s)</source>
        <translation>
            <numerusform>%1 at %2: %n edge</numerusform>
            <numerusform>%1 at %2: %n edges</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edge(s) entered, iterations %2 and %3</source>
        <translation>
            <numerusform>%1: %n edge entered, iterations %2 and %3</numerusform>
            <numerusform>%1: %n edges entered, iterations %2 and %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edge(s) left, iterations %2 and %3</source>
        <translation>
            <numerusform>%1: %n edge left, iterations %2 and %3</numerusform>
            <numerusform>%1: %n edges left, iterations %2 and %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n edge(s) is/are in at both, iterations %2 and %3</source>
        <translation>
            <numerusform>%1: %n edge is in at both, iterations %2 and %3</numerusform>
            <numerusform>%1: %n edges are in at both, iterations %2 and %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CompactCommand</name>
    <message numerus="yes">
        <source>%n checkpoint(s) that was/were not needed any more was/were removed.</source>
        <translation>
            <numerusform>%n checkpoint that was not needed any more was removed.</numerusform>
            <numerusform>%n checkpoints that were not needed any more were removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::CourseSection</name>
    <message numerus="yes">
        <source>%n stay(s)</source>
        <translation>
            <numerusform>one stay</numerusform>
            <numerusform>%n stays</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::DynamicsPanel</name>
    <message numerus="yes">
        <source>%n iteration(s)</source>
        <translation>
            <numerusform>%n iteration</numerusform>
            <numerusform>%n iterations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::EmptyNotice</name>
    <message numerus="yes">
        <source>None of the circuit&apos;s %n edge(s) passes the filter.</source>
        <translation>
            <numerusform>The circuit&apos;s one edge does not pass the filter.</numerusform>
            <numerusform>None of the circuit&apos;s %n edges passes the filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExperimentRow</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>runs</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::ExportForm</name>
    <message numerus="yes">
        <source>%n frame(s), %1 s</source>
        <translation>
            <numerusform>%n frame, %1 s</numerusform>
            <numerusform>%n frames, %1 s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::HelpWindow</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n in all documents</source>
        <translation>
            <numerusform>%1; %n in all documents</numerusform>
            <numerusform>%1; %n in all documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::MemoryEstimate</name>
    <message numerus="yes">
        <source>; %n process(es) together, %1 each</source>
        <translation>
            <numerusform>; %n process, %1 each</numerusform>
            <numerusform>; %n processes together, %1 each</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::NewRunDialog</name>
    <message numerus="yes">
        <source>Start %n run(s) on %1</source>
        <translation>
            <numerusform>Start %n run on %1</numerusform>
            <numerusform>Start %n runs on %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n run(s) to the queue</source>
        <translation>
            <numerusform>Add %n run to the queue</numerusform>
            <numerusform>Add %n runs to the queue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %n run(s)</source>
        <translation>
            <numerusform>Start %n run</numerusform>
            <numerusform>Start %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunCommands</name>
    <message numerus="yes">
        <source>%n run(s) has/have been waiting since the file was closed.</source>
        <translation>
            <numerusform>A run has been waiting since the file was closed.</numerusform>
            <numerusform>%n runs have been waiting since the file was closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait(s), about %1</source>
        <translation>
            <numerusform>%n run waits, about %1</numerusform>
            <numerusform>%n runs wait, about %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait(s)</source>
        <translation>
            <numerusform>%n run waits</numerusform>
            <numerusform>%n runs wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::RunComparison</name>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SeriesPreview</name>
    <message numerus="yes">
        <source>%n checkpoint(s)</source>
        <translation>
            <numerusform>%n checkpoint</numerusform>
            <numerusform>%n checkpoints</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StartCommands</name>
    <message numerus="yes">
        <source>Delete the unsaved experiment “%1” with its %n run(s)? This cannot be undone.</source>
        <translation>
            <numerusform>Delete the unsaved experiment “%1” with its %n run? This cannot be undone.</numerusform>
            <numerusform>Delete the unsaved experiment “%1” with its %n runs? This cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::StartPage</name>
    <message numerus="yes">
        <source>%n older one(s) is/are in %1.</source>
        <translation>
            <numerusform>One older experiment is in %1.</numerusform>
            <numerusform>%n older ones are in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SweepBox</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>circuitloom::ui::SweepPage</name>
    <message numerus="yes">
        <source>%n run(s) has/have not finished and is/are left out.</source>
        <translation>
            <numerusform>One run has not finished and is left out.</numerusform>
            <numerusform>%n runs have not finished and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The settings of %n run(s) cannot be read by this version; it/they is/are left out.</source>
        <translation>
            <numerusform>The settings of 1 run cannot be read by this version; it is left out.</numerusform>
            <numerusform>The settings of %n runs cannot be read by this version; they are left out.</numerusform>
        </translation>
    </message>
</context>
</TS>
