#pragma once

#include "core/demo/sentence.h"
#include "core/demo/subject.h"

namespace circuitloom::demo {

// One function for each construction of the grammar. They draw over all parts (see draw_in()).

/// "the dogs near the cat run": a verb of the present tense after a subject of the given shape.
Sentence agreement(Random& random, SubjectShape shape);
/// "the dogs near the cat are old", after subjects of all shapes.
Sentence be_agreement(Random& random);
/// "the dogs near the cat were old", after subjects of all shapes.
Sentence was_were(Random& random);
/// "bob sees those old keys": the noun's number follows from the determiner.
Sentence this_these(Random& random);

/// "the boys hurt themselves".
Sentence reflexive(Random& random);
/// "alice said that she was tired", of subjects whose gender the language fixes.
Sentence he_she(Random& random);
/// "the boys said that they were tired".
Sentence they(Random& random);
/// "the nurse said that she was tired": the stereotype nine times out of ten, or always.
Sentence stereotype(Random& random, double share = 0.9);

/// "bob said that the capital of france is paris". Everybody learns the bare fact "the capital of
/// france is paris"; only what somebody says about it is kept apart.
Sentence fact(Random& random);
/// The same about one country, always with somebody who says it.
Sentence fact_about(Random& random, std::size_t country);
/// "the capital of france is paris", "paris is the capital of france".
Sentence bare_fact(Random& random);

/// "bob counts : three four five six".
Sentence counting(Random& random);
/// "dog red cup ; dog red cup".
Sentence copying(Random& random);

/// "when alice and bob went to the park , alice gave a book to bob".
Sentence indirect_object(Random& random);
/// "alice and bob met , and alice thanked bob": the same in fewer words, which helps to learn it.
Sentence other_person(Random& random);

} // namespace circuitloom::demo
