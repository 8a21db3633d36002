#pragma once

#include "core/templates/template_functions.h"
#include "core/templates/template_syntax.h"

#include <ctime>
#include <map>
#include <string>
#include <vector>

namespace circuitloom::templates {

/// One rendering of a template. Throws as TextTemplate::render().
class Evaluator
{
public:
    Evaluator(const Json& variables, const std::string& origin, std::time_t now);

    std::string text(const std::vector<Statement>& statements);

private:
    enum class Flow
    {
        on,
        break_loop,
        continue_loop
    };
    using Scope = std::map<std::string, Json>;

    // Statements: template_evaluator.cpp.
    Flow run(const std::vector<Statement>& statements, std::string& out);
    Flow run_one(const Statement& statement, std::string& out);
    Flow run_choice(const Statement& statement, std::string& out);
    Flow run_loop(const Statement& statement, std::string& out);
    void assign(const std::vector<std::string>& targets, Json value);
    void assign_one(const std::string& target, Json value);
    void bind(const std::vector<std::string>& targets, const Json& item);
    std::string captured(const std::vector<Statement>& statements);
    Json called_macro(const Statement& macro, const Arguments& arguments);
    void count_work(std::size_t steps = 1);

    // Expressions: template_expressions.cpp.
    Json value(const Expression& expression);
    Json computed(const Expression& expression);
    Json value_or_nothing(const ExpressionPtr& expression);
    Json named(const std::string& name) const;
    Json binary(const Expression& expression);
    Json comparison(const Expression& expression);
    Json called(const Expression& expression);
    Json called_function(const std::string& name, const Arguments& arguments);
    Arguments evaluated(const std::vector<Argument>& arguments);
    std::string formatted_now(const std::string& format) const;

    std::vector<Scope> scopes_;
    std::map<std::string, const Statement*> macros_;
    const std::string& origin_;
    std::time_t now_;
    std::size_t work_ = 0;
    int depth_ = 0;
};

} // namespace circuitloom::templates
