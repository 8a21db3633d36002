#include "ui/panel.h"
#include "app/main.h"
