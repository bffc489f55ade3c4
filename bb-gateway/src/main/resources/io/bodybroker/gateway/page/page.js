// The viewer, and what it lacks: live streams, and a filter that looks at paths and summaries.
'use strict';

const LiveStreams = ({ React, getSystem }) => {
  const h = React.createElement;

  /** By the document itself: the viewer resolves an operation only when it is opened. */
  const isStream = (path, method) => getSystem().specSelectors.specJson()
    .hasIn(['paths', path, method, 'responses', '200', 'content', 'text/event-stream']);

  /** Draws a stream's messages, the latest first in sight, and a button to stop it. */
  class Stream extends React.Component {
    componentDidMount() {
      this.forget = StreamLog.onChange(() => this.forceUpdate());
    }

    componentWillUnmount() {
      this.forget();
    }

    componentDidUpdate() {
      if (this.list) {
        this.list.scrollTop = this.list.scrollHeight;
      }
    }

    render() {
      const run = StreamLog.run(this.props.name);
      if (!run || run.state === undefined) {
        return null;
      }
      const isOpen = run.state === 'live' || run.state === 'connecting';
      return h('section', { className: 'live', 'data-state': run.state, 'aria-label': 'Stream' },
        h('div', { className: 'live-head' },
          h('span', { className: 'live-state', role: 'status' }, run.state),
          h('span', { className: 'live-count' }, `${run.count} ${run.count === 1 ? 'message' : 'messages'}`),
          isOpen && h('button', { type: 'button', className: 'btn live-stop', onClick: run.stop }, 'Stop')),
        h('ol', { className: 'live-messages', role: 'log', tabIndex: 0, ref: (list) => { this.list = list; } },
          run.messages.map((message, i) =>
            h('li', { key: run.count - run.messages.length + i },
              message.id && h('span', { className: 'live-id', title: 'id of the event' }, message.id),
              h('code', null, message.text))),
          run.count === 0 && isOpen && h('li', { className: 'live-wait' }, 'Waiting for the first message…')),
        run.problem && h('pre', { className: 'live-problem', role: 'alert' },
          JSON.stringify(JSON.parse(run.problem), null, 2)));
    }
  }

  const name = (path, method) => `${method} ${path}`;

  return {
    statePlugins: {
      spec: {
        wrapActions: {
          executeRequest: (original) => (request) =>
            original(isStream(request.pathName, request.method)
              ? { ...request, userFetch: StreamLog.fetching(name(request.pathName, request.method)) }
              : request),
        },
      },
    },
    wrapComponents: {
      responses: (Responses) => (props) =>
        h(React.Fragment, null, h(Stream, { name: name(props.path, props.method) }), h(Responses, props)),
      OperationSummaryPath: (Path) => (props) =>
        h(React.Fragment, null, h(Path, props),
          isStream(props.operationProps.get('path'), props.operationProps.get('method')) && h('span', { className: 'live-mark' }, 'live')),
      // Text, even where the media type has "json" in it: the viewer would take it for one document.
      responseBody: (Body) => (props) =>
        h(Body, /ndjson/.test(props.contentType) ? { ...props, contentType: 'text/plain' } : props),
    },
    fn: {
      opsFilter: (operations, phrase) => {
        const wanted = phrase.toLowerCase();
        const has = (text) => (text || '').toLowerCase().includes(wanted);
        return operations
          .map((tag, tagName) => has(tagName) ? tag : tag.update('operations', (all) =>
            all.filter((one) => has(one.get('path')) || has(one.getIn(['operation', 'summary'])))))
          .filter((tag) => tag.get('operations').size > 0);
      },
    },
  };
};

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', dress);
dress();

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#routes',
  plugins: [LiveStreams],
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  validatorUrl: 'none', // by default the viewer sends the document to a site of its makers
  onComplete: () => {
    const filter = document.querySelector('.operation-filter-input');
    filter.placeholder = 'Find a route: weather, /players, stream …';
    filter.setAttribute('aria-label', 'Find a route');
  },
});
