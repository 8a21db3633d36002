#include "core/layout/dot_process.h"

#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <istream>
#include <ostream>

namespace circuitloom {

namespace {

constexpr rlim_t most_seconds = 120; // of processor time

using nlohmann::json;

// Whoever asked may be gone by the time Graphviz has run away with it.
void limit_this_process()
{
    const rlimit time{ most_seconds, most_seconds };
    setrlimit(RLIMIT_CPU, &time);
}

DotRequest read_request(std::istream& in)
{
    DotRequest request;
    try {
        const json object = json::parse(in);
        for (const json& box : object.at("boxes"))
            request.boxes.push_back({ box.at(0).get<int>(), box.at(1).get<double>() });
        for (const json& line : object.at("lines"))
            request.lines.push_back({ line.at(0).get<int>(), line.at(1).get<int>() });
    } catch (const json::exception& error) {
        throw InputError(std::string("The layout's request cannot be read: ") + error.what());
    }
    return request;
}

} // namespace

std::string dot_request_json(const DotRequest& request)
{
    json boxes = json::array();
    for (const DotRequest::Box& box : request.boxes)
        boxes.push_back({ box.row, box.width });
    json lines = json::array();
    for (const DotRequest::Line& line : request.lines)
        lines.push_back({ line.from, line.to });
    return json{ { "boxes", std::move(boxes) }, { "lines", std::move(lines) } }.dump();
}

DotPlaces read_dot_answer(std::string_view text)
{
    try {
        const json object = json::parse(text);
        if (object.contains("error"))
            throw ResourceError(object.at("error").get<std::string>());
        return object.at("places").get<DotPlaces>();
    } catch (const json::exception&) {
        throw InputError("The answer of the layout's process cannot be read.");
    }
}

int run_dot_process(std::istream& in, std::ostream& out)
{
    limit_this_process();
    try {
        out << json{ { "places", dot_places(read_request(in)) } }.dump() << std::flush;
        return 0;
    } catch (const Error& error) {
        out << json{ { "error", error.what() } }.dump() << std::flush;
        return 1;
    }
}

} // namespace circuitloom
