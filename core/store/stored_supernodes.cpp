#include "core/store/stored_supernodes.h"

#include "core/base/utf8.h"
#include "core/store/reader_connection.h"
#include "core/store/run_rows.h"

#include <set>

namespace circuitloom {

namespace {

void require_name(const std::string& name, const char* of_what, std::size_t most)
{
    if (name.empty())
        throw InputError(std::string("The name of ") + of_what + " is empty.");
    if (name.size() > most)
        throw InputError(std::string("The name of ") + of_what + " may have up to "
            + std::to_string(most) + " bytes; this one has " + std::to_string(name.size()) + ".");
}

void require_sound(const std::vector<Supernode>& supernodes)
{
    std::set<std::string> names;
    for (const Supernode& supernode : supernodes) {
        require_name(supernode.name, "a supernode", longest_supernode_name);
        const std::string named = "supernode " + for_message(supernode.name);
        if (!names.insert(supernode.name).second)
            throw InputError("There is a " + named + " already.");
        if (supernode.members.empty())
            throw InputError("The " + named + " has no members.");
        std::set<std::string> members;
        for (const std::string& member : supernode.members) {
            require_name(member, "a supernode's member", longest_member_name);
            if (!members.insert(member).second)
                throw InputError("The " + named + " has " + for_message(member) + " twice.");
        }
    }
}

} // namespace

void save_supernodes(const std::filesystem::path& file, const std::vector<Supernode>& supernodes)
{
    require_sound(supernodes);
    const ExperimentReader exists(file); // a file that is missing is not made
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    translating(file, "saving the supernodes", [&] {
        SQLite::Database& sqlite = database.sqlite();
        SQLite::Transaction transaction(sqlite, SQLite::TransactionBehavior::IMMEDIATE);
        sqlite.exec("DELETE FROM supernode_member"); // also those of none, in a crafted file
        sqlite.exec("DELETE FROM supernode");
        SQLite::Statement insert(sqlite, insert_into(table::supernode));
        SQLite::Statement insert_member(sqlite, insert_into(table::supernode_member));
        for (const Supernode& supernode : supernodes) {
            execute(insert, supernode.name, supernode.folded ? 1 : 0);
            const std::int64_t id = sqlite.getLastInsertRowid();
            int place = 0;
            for (const std::string& member : supernode.members)
                execute(insert_member, id, place++, member);
        }
        transaction.commit();
    });
}

std::vector<Supernode> ExperimentReader::supernodes() const
{
    return connection_->call("the supernodes", [&] {
        std::vector<Supernode> found;
        if (connection_->version() < 4)
            return found;
        Rows rows(connection_->database, select_from(table::supernode, "ORDER BY supernode_id"));
        Rows members(connection_->database,
            select_from(table::supernode_member, "ORDER BY supernode_id, place"));
        bool more = members.next();
        while (rows.next()) {
            const std::int64_t id = rows.integer(column::supernode_id, any_integer);
            Supernode supernode{ connection_->short_text(
                                     rows, column::name, longest_supernode_name),
                {}, rows.integer(column::folded, 0, 1) == 1 };
            for (; more && members.integer(column::supernode_id, any_integer) == id;
                 more = members.next())
                supernode.members.push_back(
                    connection_->short_text(members, column::node, longest_member_name));
            if (supernode.members.empty())
                connection_->damaged("one of its supernodes has no members");
            found.push_back(std::move(supernode));
        }
        if (more)
            connection_->damaged("a member in it is of no supernode");
        return found;
    });
}

} // namespace circuitloom
