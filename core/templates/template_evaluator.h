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
    Json called_macro(const Statement& macro, Arguments arguments);
    Scope& innermost() { return scopes_.empty() ? set_outside_ : scopes_.back(); }
    /// The value of a name in the innermost scope that has it; null where none has.
    Json* variable(const std::string& name);
    /// One more of what is evaluated within something else, which takes the stack.
    void go_deeper();

    // Expressions: template_expressions.cpp.
    Json value(const Expression& expression);
    Json computed(const Expression& expression);
    Json value_or_nothing(const ExpressionPtr& expression);
    Json named(const std::string& name);
    Json binary(const Expression& expression);
    Json comparison(const Expression& expression);
    Json called(const Expression& expression);
    Json called_function(const std::string& name, const Arguments& arguments);
    Arguments evaluated(const std::vector<Argument>& arguments);
    std::string formatted_now(const std::string& format) const;

    Scope given_; ///< the variables
    Scope set_outside_; ///< of all loops and macros; a macro sees these two and its own scopes
    std::vector<Scope> scopes_; ///< within loops and the like, of this macro
    std::map<std::string, const Statement*> macros_;
    const std::string& origin_;
    std::time_t now_;
    Work work_;
    int depth_ = 0; ///< of what is evaluated
    int calls_ = 0; ///< of macros, one within another
};

} // namespace circuitloom::templates
