#include "core/templates/template_evaluator.h"

#include "core/templates/template_tokens.h"

#include <algorithm>
#include <utility>

namespace circuitloom::templates {

namespace {

constexpr int most_calls = 50;
constexpr int deepest = 1000;
constexpr std::size_t work_of_turn = 32; // of a loop, beside its body

} // namespace

Evaluator::Evaluator(const Json& variables, const std::string& origin, std::time_t now)
    : origin_(origin)
    , now_(now)
{
    for (const auto& [name, item] : variables.items())
        given_.emplace(name, item);
}

std::string Evaluator::text(const std::vector<Statement>& statements)
{
    std::string out;
    run(statements, out);
    return out;
}

void Evaluator::go_deeper()
{
    if (++depth_ > deepest)
        throw Complaint(
            "what is evaluated is more than " + std::to_string(deepest) + " levels deep");
}

Json* Evaluator::variable(const std::string& name)
{
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope)
        if (const auto at = scope->find(name); at != scope->end())
            return &at->second;
    for (Scope* scope : { &set_outside_, &given_ })
        if (const auto at = scope->find(name); at != scope->end())
            return &at->second;
    return nullptr;
}

Evaluator::Flow Evaluator::run(const std::vector<Statement>& statements, std::string& out)
{
    Flow flow = Flow::on;
    for (const Statement& statement : statements) {
        try {
            work_.count();
            go_deeper();
            flow = run_one(statement, out);
            --depth_;
            if (out.size() > most_bytes)
                throw Complaint(
                    "the text becomes longer than " + std::to_string(most_bytes) + " bytes");
            if (flow != Flow::on)
                break;
        } catch (const Complaint& complaint) {
            fail_at(origin_, statement.line, complaint.what());
        }
    }
    return flow;
}

Evaluator::Flow Evaluator::run_one(const Statement& statement, std::string& out)
{
    using Kind = Statement::Kind;
    switch (statement.kind) {
    case Kind::text:
        work_.count_bytes(statement.text.size());
        out += statement.text;
        break;
    case Kind::output:
        out += text_of(value(*statement.expression));
        break;
    case Kind::choice:
        return run_choice(statement, out);
    case Kind::loop:
        return run_loop(statement, out);
    case Kind::assignment:
        assign(statement.targets, value(*statement.expression));
        break;
    case Kind::captured:
        assign(statement.targets, captured(statement.branches.front().body));
        break;
    case Kind::macro:
        macros_[statement.text] = &statement;
        break;
    case Kind::block:
        return run(statement.branches.front().body, out);
    case Kind::break_loop:
        return Flow::break_loop;
    case Kind::continue_loop:
        return Flow::continue_loop;
    }
    return Flow::on;
}

Evaluator::Flow Evaluator::run_choice(const Statement& statement, std::string& out)
{
    for (const Branch& branch : statement.branches)
        if (!branch.condition || is_true(value(*branch.condition)))
            return run(branch.body, out);
    return Flow::on;
}

Evaluator::Flow Evaluator::run_loop(const Statement& statement, std::string& out)
{
    std::vector<Json> items = items_of(value(*statement.expression));
    if (statement.condition) {
        std::vector<Json> kept;
        for (Json& item : items) {
            scopes_.emplace_back();
            bind(statement.targets, item);
            if (is_true(value(*statement.condition)))
                kept.push_back(std::move(item));
            scopes_.pop_back();
        }
        items = std::move(kept);
    }
    if (items.empty())
        return statement.branches.size() > 1 ? run(statement.branches[1].body, out) : Flow::on;
    const auto count = static_cast<std::int64_t>(items.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        work_.count(work_of_turn);
        Scope& scope = scopes_.emplace_back();
        Json loop{ { "index", i + 1 }, { "index0", i }, { "revindex", count - i },
            { "revindex0", count - i - 1 }, { "first", i == 0 }, { "last", i + 1 == count },
            { "length", count }, { "depth", 1 }, { "depth0", 0 } };
        if (i > 0)
            loop["previtem"] = items[at - 1];
        if (i + 1 < count)
            loop["nextitem"] = items[at + 1];
        scope["loop"] = std::move(loop);
        bind(statement.targets, items[at]);
        const Flow flow = run(statement.branches.front().body, out);
        scopes_.pop_back();
        if (flow == Flow::break_loop)
            break;
    }
    return Flow::on;
}

// A loop's variables, which hide those of the same name outside.
void Evaluator::bind(const std::vector<std::string>& targets, const Json& item)
{
    if (targets.size() == 1) {
        scopes_.back()[targets.front()] = item;
        return;
    }
    const std::vector<Json> parts = items_of(item);
    if (parts.size() != targets.size())
        throw Complaint(std::to_string(parts.size()) + " values are given to "
            + std::to_string(targets.size()) + " names");
    for (std::size_t i = 0; i < parts.size(); ++i)
        scopes_.back()[targets[i]] = parts[i];
}

void Evaluator::assign(const std::vector<std::string>& targets, Json given)
{
    if (targets.size() == 1) {
        assign_one(targets.front(), std::move(given));
        return;
    }
    const std::vector<Json> parts = items_of(given);
    if (parts.size() != targets.size())
        throw Complaint(std::to_string(parts.size()) + " values are given to "
            + std::to_string(targets.size()) + " names");
    for (std::size_t i = 0; i < parts.size(); ++i)
        assign_one(targets[i], parts[i]);
}

void Evaluator::assign_one(const std::string& target, Json given)
{
    const std::size_t dot = target.find('.');
    if (dot == target.npos) {
        innermost()[target] = std::move(given);
        return;
    }
    // An attribute of a namespace, wherever that was made.
    const std::string name = target.substr(0, dot);
    Json* const made = variable(name);
    if (!made)
        throw Complaint(name + " is not defined");
    if (!made->is_object())
        throw Complaint(name + " is not a namespace");
    (*made)[target.substr(dot + 1)] = std::move(given);
}

std::string Evaluator::captured(const std::vector<Statement>& statements)
{
    std::string out;
    scopes_.emplace_back();
    run(statements, out);
    scopes_.pop_back();
    return out;
}

// A macro sees its parameters and what is set outside of all loops.
Json Evaluator::called_macro(const Statement& macro, Arguments arguments)
{
    if (++calls_ > most_calls)
        throw Complaint(
            "macros call one another more than " + std::to_string(most_calls) + " levels deep");
    Scope given;
    for (std::size_t i = 0; i < macro.parameters.size(); ++i) {
        const Argument& parameter = macro.parameters[i];
        Json one = arguments.take(i, parameter.name);
        given[parameter.name]
            = is_undefined(one) && parameter.value ? value(*parameter.value) : std::move(one);
    }
    std::vector<Scope> inside;
    inside.push_back(std::move(given));
    std::swap(scopes_, inside);
    std::string out;
    run(macro.branches.front().body, out);
    std::swap(scopes_, inside);
    --calls_;
    return out;
}

} // namespace circuitloom::templates
