#include "core/templates/text_template.h"

#include "core/templates/template_evaluator.h"
#include "core/templates/template_parser.h"

namespace circuitloom {

struct TextTemplate::Impl
{
    std::string origin;
    std::vector<templates::Statement> statements;
};

TextTemplate::TextTemplate(std::string_view source, std::string origin)
    : impl_(std::make_unique<Impl>())
{
    impl_->origin = std::move(origin);
    impl_->statements = templates::parse_template(source, impl_->origin);
}

TextTemplate::~TextTemplate() = default;
TextTemplate::TextTemplate(TextTemplate&&) noexcept = default;
TextTemplate& TextTemplate::operator=(TextTemplate&&) noexcept = default;

std::string TextTemplate::render(const nlohmann::ordered_json& variables, std::time_t now) const
{
    return templates::Evaluator(variables, impl_->origin, now).text(impl_->statements);
}

} // namespace circuitloom
