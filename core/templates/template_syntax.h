#pragma once

#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom::templates {

using Json = nlohmann::ordered_json;

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

/// Of a call, a filter or a test; the parameter of a macro with its default.
struct Argument
{
    std::string name; ///< empty where it is known by its place
    ExpressionPtr value; ///< null for a parameter without a default
};

struct Expression
{
    enum class Kind
    {
        literal,
        name, ///< `text`
        list, ///< of `parts`
        dictionary, ///< `parts` are keys and values in turn
        negative, ///< -parts[0]
        inverse, ///< not parts[0]
        binary, ///< parts[0] `text` parts[1], also `and` and `or`
        comparison, ///< parts[0] operators[0] parts[1] operators[1] parts[2] …
        conditional, ///< parts[0] if parts[1] else parts[2]; parts[2] may be null
        attribute, ///< parts[0].text
        item, ///< parts[0][parts[1]]
        slice, ///< parts[0][parts[1]:parts[2]:parts[3]], each of which may be null
        call, ///< parts[0](arguments)
        filter, ///< parts[0] | text(arguments)
        test ///< parts[0] is text(arguments)
    };
    Kind kind = Kind::literal;
    int line = 1;
    int depth = 1; ///< of the tree of which this is the root
    Json literal = {};
    std::string text = {};
    std::vector<ExpressionPtr> parts = {};
    std::vector<std::string> operators = {};
    std::vector<Argument> arguments = {};
};

struct Statement;

/// What is done where the condition holds; a null one always does.
struct Branch
{
    ExpressionPtr condition;
    std::vector<Statement> body;
};

struct Statement
{
    enum class Kind
    {
        text, ///< `text` is written
        output, ///< {{ expression }}
        choice, ///< if: the first of `branches` that holds
        loop, ///< for `targets` in expression if condition; branches[0], else branches[1]
        assignment, ///< set `targets` = expression; a target is `name` or `name.attribute`
        captured, ///< set `targets`: what branches[0] writes
        macro, ///< `text` with `parameters`: branches[0]
        block, ///< branches[0]; generation … endgeneration
        break_loop,
        continue_loop
    };
    Kind kind = Kind::text;
    int line = 1;
    std::string text = {};
    ExpressionPtr expression = {};
    ExpressionPtr condition = {};
    std::vector<std::string> targets = {};
    std::vector<Branch> branches = {};
    std::vector<Argument> parameters = {};
};

} // namespace circuitloom::templates
