"""An area of the page that a script of ours fills: the seam between Gradio's layout and our modules."""

import gradio as gr


def area(name: str, module: str) -> gr.HTML:
    """An empty block with the id `name`, on which the module's `start(element)` is called once it is shown."""
    return gr.HTML(
        html_template='<div class="area" aria-busy="true"></div>',
        js_on_load=f"""import(new URL("./app/{module}", document.baseURI)).then((module) => {{
            const place = element.querySelector(".area");
            place.removeAttribute("aria-busy");
            module.start(place);
        }});""",
        elem_id=name,
        apply_default_css=False,
    )
