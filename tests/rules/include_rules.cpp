#include "tests/rules/include_rules.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <stdexcept>
#include <string_view>

namespace circuitloom::rules {

namespace {

/// The folders of core/ and ui/, floor by floor. A folder may include those of lower floors, and
/// itself; those that share a floor do not know one another.
using Floors = std::vector<std::vector<std::string_view>>;

const Floors light_floors{
    { "core/base" },
    { "core/demo", "core/graph" },
    { "core/formats", "core/layout" },
    { "core/architecture", "core/templates" },
    { "core/tokenizer" },
    { "core/tasks", "core/store" },
    { "core/analysis", "core/run" },
    { "core/report", "core/remote", "core/exchange" },
};
const Floors engine_floors{
    { "core/distributed", "core/model" },
    { "core/evaluation" },
    { "core/discovery" },
    { "core/tuning" },
    { "core/engine" },
};
const Floors ui_floors{
    { "ui/base", "ui/theme" },
    { "ui/session" },
    { "ui/drawing", "ui/video", "ui/curves", "ui/timeline", "ui/bookmarks", "ui/runs" },
    { "ui/circuit", "ui/dialogs", "ui/compare", "ui/panels" },
    { "ui/accessibility" },
    { "ui/export", "ui/inspector", "ui/tryit", "ui/ablate", "ui/edges", "ui/dynamics",
        "ui/difference", "ui/faithfulness", "ui/transfer", "ui/help",
        "ui/settings", "ui/start" },
    { "ui/report" },
    { "ui/window" },
};

/// "core/tuning" of "core/tuning/tuner.h"; "core/architecture" of its families too.
std::string_view folder_of(std::string_view path)
{
    const std::size_t first = path.find('/');
    const std::size_t second = first == path.npos ? path.npos : path.find('/', first + 1);
    return second == path.npos ? std::string_view() : path.substr(0, second);
}

/// Counted from below: core's floors without LibTorch, those with it, then the ui's. Nothing for a
/// folder that stands in no list.
std::optional<std::size_t> floor_of(std::string_view folder)
{
    std::size_t floor = 0;
    for (const Floors* part : { &light_floors, &engine_floors, &ui_floors })
        for (const auto& folders : *part) {
            if (std::find(folders.begin(), folders.end(), folder) != folders.end())
                return floor;
            ++floor;
        }
    return std::nullopt;
}

bool stands_in(const Floors& floors, std::string_view path)
{
    const std::string_view folder = folder_of(path);
    return std::any_of(floors.begin(), floors.end(), [folder](const auto& folders) {
        return std::find(folders.begin(), folders.end(), folder) != folders.end();
    });
}

bool in_core(std::string_view path)
{
    return path.starts_with("core/");
}
bool in_ui(std::string_view path)
{
    return path.starts_with("ui/");
}
bool in_app(std::string_view path)
{
    return path.starts_with("app/");
}
bool anywhere(std::string_view)
{
    return true;
}
bool below_app(std::string_view path)
{
    return !in_app(path);
}
bool is_light(std::string_view path)
{
    return stands_in(light_floors, path);
}

bool is_qt(const Include& include)
{
    static const std::regex qt("(Q[A-Z][A-Za-z0-9_]*|Qt[A-Za-z0-9]*)(/.*)?|q[a-z0-9_]+\\.h");
    return std::regex_match(include.path, qt);
}
bool is_torch(const Include& include)
{
    static const std::regex torch("(torch|ATen|c10|caffe2)/.*|torch\\.h");
    return std::regex_match(include.path, torch);
}
bool is_ui_or_app(const Include& include)
{
    return in_ui(include.path) || in_app(include.path);
}
bool is_app(const Include& include)
{
    return in_app(include.path);
}
bool is_engine(const Include& include)
{
    return stands_in(engine_floors, include.path);
}
/// moc writes NAME.moc into the build folder.
bool is_not_from_the_root(const Include& include)
{
    return include.quoted && !is_ui_or_app(include) && !in_core(include.path)
        && !include.path.ends_with(".moc");
}

struct Rule
{
    bool (*concerns)(std::string_view file);
    bool (*is_broken_by)(const Include& include);
    bool through_headers; ///< also where a header of the project brings it in
    const char* reason;
};

constexpr Rule all_rules[] = {
    { in_core, is_qt, false, "the core knows no Qt" },
    { in_core, is_ui_or_app, false, "the core knows neither ui nor app" },
    { below_app, is_app, false, "nothing but app knows app" },
    { in_ui, is_torch, true, "the ui knows no LibTorch" },
    { is_light, is_torch, true, "this part of the core needs no LibTorch" },
    { is_light, is_engine, false, "this part of the core knows no model, its architecture aside" },
    { in_ui, is_engine, false, "the ui knows the engine by core/run alone" },
    { anywhere, is_not_from_the_root, false, "includes are written from the project's root" },
};

std::string written(const Include& include)
{
    return include.quoted ? include.path : "<" + include.path + ">";
}

/// Follows the project's own headers from one source.
class Search
{
public:
    Search(const Sources& sources, const std::string& file, const Rule& rule)
        : sources_(sources)
        , file_(file)
        , rule_(rule)
    {
    }

    std::vector<std::string> found()
    {
        follow(file_, "", 0);
        return std::move(found_);
    }

private:
    void follow(const std::string& from, const std::string& chain, int first_line)
    {
        const auto source = sources_.find(from);
        if (source == sources_.end() || !seen_.insert(from).second)
            return;
        for (const Include& include : source->second) {
            const int line = first_line > 0 ? first_line : include.line;
            const std::string reached = chain + written(include);
            if (rule_.is_broken_by(include))
                found_.push_back(
                    file_ + ":" + std::to_string(line) + ": " + reached + ": " + rule_.reason);
            else if (rule_.through_headers && include.quoted)
                follow(include.path, reached + " > ", line);
        }
    }

    const Sources& sources_;
    const std::string& file_;
    const Rule& rule_;
    std::set<std::string> seen_;
    std::vector<std::string> found_;
};

std::vector<Include> includes_of(const std::filesystem::path& file)
{
    static const std::regex directive("\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
    std::ifstream stream(file);
    if (!stream)
        throw std::runtime_error(file.string() + " cannot be read.");
    std::vector<Include> includes;
    std::string text;
    for (int line = 1; std::getline(stream, text); ++line) {
        // Long lines are data, and std::regex recurses over each character.
        std::smatch match;
        if (text.find("include") < 100 && text.size() < 1000
            && std::regex_match(text, match, directive))
            includes.push_back({ match[2].str(), match[1].str() == "\"", line });
    }
    return includes;
}

bool is_source(const std::filesystem::path& file)
{
    static const std::set<std::string> suffixes{ ".h", ".hpp", ".cpp", ".cc", ".cu", ".inc" };
    return suffixes.contains(file.extension().string());
}

} // namespace

Sources read_sources(const std::filesystem::path& root)
{
    Sources sources;
    for (const char* part : { "core", "ui", "app" }) {
        const std::size_t before = sources.size();
        if (!std::filesystem::is_directory(root / part))
            throw std::runtime_error((root / part).string() + " is not a folder.");
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / part))
            if (entry.is_regular_file() && is_source(entry.path()))
                sources[entry.path().lexically_relative(root).generic_string()]
                    = includes_of(entry.path());
        if (sources.size() == before)
            throw std::runtime_error((root / part).string() + " holds no source.");
    }
    return sources;
}

/// What points up, or along its own floor to another folder.
void add_wrong_floors(
    const std::string& file, const std::vector<Include>& includes, std::vector<std::string>& all)
{
    const std::string_view from = folder_of(file);
    if (from.empty() || (!in_core(file) && !in_ui(file)))
        return;
    const auto own = floor_of(from);
    if (!own) {
        all.push_back(file + ": this folder stands on no floor of include_rules.cpp");
        return;
    }
    for (const Include& include : includes) {
        const std::string_view to = folder_of(include.path);
        const auto floor = include.quoted && to != from ? floor_of(to) : std::nullopt;
        if (floor && *floor >= *own)
            all.push_back(file + ":" + std::to_string(include.line) + ": " + include.path + ": "
                + std::string(from) + " stands "
                + (*floor == *own ? "on the same floor as " : "below ") + std::string(to));
    }
}

std::vector<std::string> violations(const Sources& sources)
{
    std::vector<std::string> all;
    for (const auto& [file, includes] : sources)
        add_wrong_floors(file, includes, all);
    for (const auto& [file, includes] : sources)
        for (const Rule& rule : all_rules)
            if (rule.concerns(file))
                for (std::string& one : Search(sources, file, rule).found())
                    all.push_back(std::move(one));
    return all;
}

} // namespace circuitloom::rules
