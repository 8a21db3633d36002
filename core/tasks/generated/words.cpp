#include "core/tasks/generated/words.h"

namespace circuitloom::generated {

const Words& words()
{
    static const Words all{
        .women = { "Mary", "Anna", "Emma", "Sarah", "Laura", "Lisa", "Susan", "Karen", "Linda",
            "Jennifer", "Jessica", "Elizabeth", "Margaret", "Emily", "Michelle", "Amy", "Rachel",
            "Kate", "Helen", "Alice", "Julia", "Jane", "Rose", "Lucy", "Grace", "Claire", "Ruth",
            "Maria", "Victoria", "Hannah", "Diana", "Christine", "Nancy", "Barbara", "Rebecca",
            "Sophie", "Anne", "Catherine", "Lily", "Mia" },
        .men = { "John", "James", "Robert", "Michael", "William", "David", "Richard", "Joseph",
            "Thomas", "Charles", "Daniel", "Matthew", "Anthony", "Mark", "Steven", "Paul", "Andrew",
            "Kevin", "Brian", "George", "Edward", "Jason", "Ryan", "Jacob", "Eric", "Stephen",
            "Scott", "Frank", "Justin", "Ben", "Jack", "Henry", "Adam", "Peter", "Tom", "Tim",
            "Simon", "Luke", "Patrick", "Martin" },
        .places = { "store", "park", "school", "office", "station", "library", "market", "garden",
            "restaurant", "hospital", "museum", "beach", "church", "house", "hotel", "farm" },
        .objects = { "book", "drink", "ring", "ball", "letter", "key", "cup", "map", "gift",
            "phone", "ticket", "camera", "flower", "basket", "computer", "knife", "picture",
            "newspaper", "bottle", "hat" },
        .people = { { "boy", "boys" }, { "girl", "girls" }, { "friend", "friends" },
            { "student", "students" }, { "teacher", "teachers" }, { "doctor", "doctors" },
            { "player", "players" }, { "worker", "workers" }, { "leader", "leaders" },
            { "officer", "officers" }, { "manager", "managers" }, { "author", "authors" },
            { "artist", "artists" }, { "scientist", "scientists" }, { "farmer", "farmers" },
            { "driver", "drivers" }, { "king", "kings" }, { "brother", "brothers" },
            { "sister", "sisters" }, { "lawyer", "lawyers" }, { "soldier", "soldiers" },
            { "neighbor", "neighbors" }, { "parent", "parents" }, { "visitor", "visitors" } },
        .things = { { "key", "keys" }, { "book", "books" }, { "car", "cars" },
            { "letter", "letters" }, { "picture", "pictures" }, { "box", "boxes" },
            { "house", "houses" }, { "bottle", "bottles" }, { "window", "windows" },
            { "door", "doors" }, { "paper", "papers" }, { "road", "roads" }, { "tree", "trees" },
            { "wall", "walls" }, { "phone", "phones" }, { "computer", "computers" },
            { "machine", "machines" }, { "table", "tables" }, { "chair", "chairs" },
            { "bridge", "bridges" }, { "flower", "flowers" }, { "building", "buildings" },
            { "cabinet", "cabinets" }, { "garden", "gardens" } },
    };
    return all;
}

} // namespace circuitloom::generated
